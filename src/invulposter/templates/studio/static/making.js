// Maken: shows what is chosen as soon as it is chosen.
"use strict";

const find = (id) => document.getElementById(id);
const choices = find("choices");
let source, asking;

function follow() {
  source?.close();
  const made = find("made");
  if (!made.dataset.stream) return;
  const total = Number(made.dataset.total);
  const own = source = new EventSource(made.dataset.stream);
  own.addEventListener("card", ({ data }) => {
    const { number, html, done } = JSON.parse(data);
    find(`card-${number}`).innerHTML = html;
    find("bar").value = done;
    find("status").textContent = `${done} van ${total} klaar`;
  });
  own.addEventListener("end", ({ data }) => {
    own.close();
    ended(JSON.parse(data), total);
  });
  own.onerror = () => { find("status").textContent = "Geen verbinding: draait de studio nog?"; };
  find("stop").onclick = () => {
    own.close();
    find("stop").hidden = find("bar").hidden = true;
    find("status").textContent = "Gestopt. Wat klaar is kun je downloaden.";
    for (const busy of document.querySelectorAll(".busy")) busy.textContent = "Gestopt";
    for (const card of document.querySelectorAll(".product.waiting")) card.classList.remove("waiting");
  };
}

function ended(files, total) {
  find("stop").hidden = find("bar").hidden = true;
  const missing = total - files.length;
  const made = files.length === 1 ? "1 bestand is klaar" : `${files.length} bestanden zijn klaar`;
  find("status").textContent = missing ? `${made}, ${missing} niet: kijk bij wat er mis is.` : `${made}.`;
  find("zip").hidden = files.length < 2;
  find("files").replaceChildren(...files.map((id) =>
    Object.assign(document.createElement("input"), { type: "hidden", name: "bestand", value: id })));
}

// The choices may change with what is chosen: another rayon has other networks. What has the focus keeps it.
async function look() {
  const address = "/maken?" + new URLSearchParams(new FormData(choices));
  const own = asking = new AbortController();
  try {
    const answer = await fetch(address, { signal: own.signal });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (own !== asking) return;
    if (!answer.ok) { location.assign(address); return; }
    history.replaceState(null, "", address);
    const { name, value } = document.activeElement;
    choices.replaceChildren(...fresh.getElementById("choices").childNodes);
    const same = [...choices.querySelectorAll(`[name="${name}"]`)];
    (same.find((one) => one.value === value) ?? same[0])?.focus({ preventScroll: true });
    find("made").replaceWith(fresh.getElementById("made"));
    follow();
  } catch (error) {
    if (error.name !== "AbortError") find("made").textContent = "Geen verbinding: draait de studio nog?";
  }
}

choices.addEventListener("change", () => { asking?.abort(); source?.close(); look(); });

follow();
