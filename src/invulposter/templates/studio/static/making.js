// Maken: shows what is chosen as soon as it is chosen, and pages large enough to read.
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

const zoom = find("zoom");
let leaves = [], shown = 0, level = 0;
const pixels = [1000, 1600, 3200];

function turn(to, at) {
  shown = Math.min(Math.max(to, 0), leaves.length - 1);
  level = Math.min(Math.max(at, 0), pixels.length - 1);
  const { href, dataset } = leaves[shown];
  find("zoom-title").textContent = dataset.zoom;
  find("zoom-page").dataset.level = level;
  Object.assign(find("zoom-picture"), { src: href.replace(/-\d+\.jpg$/, `-${pixels[level]}.jpg`), alt: dataset.zoom });
  find("previous").disabled = shown === 0;
  find("next").disabled = shown === leaves.length - 1;
  find("smaller").disabled = level === 0;
  find("larger").disabled = level === pixels.length - 1;
}

document.addEventListener("click", (event) => {
  const leaf = event.target.closest("[data-zoom]");
  if (!leaf) return;
  event.preventDefault();
  leaves = [...leaf.closest(".pages").querySelectorAll("[data-zoom]")];
  turn(leaves.indexOf(leaf), 0);
  zoom.showModal();
});
find("previous").onclick = () => turn(shown - 1, level);
find("next").onclick = () => turn(shown + 1, level);
find("smaller").onclick = () => turn(shown, level - 1);
find("larger").onclick = () => turn(shown, level + 1);
find("shut").onclick = () => zoom.close();
zoom.addEventListener("keydown", ({ key }) => {
  if (key === "+" || key === "=") turn(shown, level + 1);
  if (key === "-") turn(shown, level - 1);
  if (key === "PageDown" || (level === 0 && key === "ArrowRight")) turn(shown + 1, level);
  if (key === "PageUp" || (level === 0 && key === "ArrowLeft")) turn(shown - 1, level);
});
follow();
