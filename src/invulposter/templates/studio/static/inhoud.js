// A form of Inhoud: shows the page while one types, says how much room is left, and asks before something is lost.
"use strict";

const form = document.getElementById("formulier");
const byId = (id) => document.getElementById(id);
const tab = Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join("");
// Milliseconds without a key before the page is made anew, and before the other products are judged.
const PAUSE = 180, REST = 1400;
// The product that showed each field, so that it need not be looked for at every key.
const shownOn = new Map();
let field = null, line = -1, timer = 0, rest = 0, asked = null, sent = false;

const writes = (element) => element && element.form === form && element.matches("input:not([type=hidden], [type=file]), textarea, select") && element.name && !element.closest(".keuzes");

// Of a text with an item on each line: the item that the cursor is in, empty lines not counted.
function place(element) {
  if (element.dataset.tekst !== "lines") return element.name;
  const before = element.value.slice(0, element.selectionStart).split("\n");
  const full = before.slice(0, -1).filter((said) => said.trim()).length;
  return `${element.name}.${full}`;
}

function told(element, state, sentence, other = "") {
  const output = element && byId(`${element.id}-ruimte`);
  if (output) say(output, state, sentence, other);
}

// Where another text is what does not fit, a link leads to it.
function say(box, state, sentence, other) {
  box.dataset.staat = state;
  box.textContent = sentence;
  if (other) box.append(" ", Object.assign(document.createElement("a"), { href: other, textContent: "Ga erheen" }));
}

async function look(everywhere = false) {
  const element = field;
  if (!element) return;
  clearTimeout(rest);
  if (asked) asked.abort();
  const own = asked = new AbortController();
  const body = new FormData(form);
  body.delete("logo-bestand");
  const name = place(element);
  const chosen = byId("product").value || shownOn.get(name) || "";
  const more = { veld: name, tab, product: everywhere ? "" : chosen, overal: everywhere ? "ja" : "" };
  for (const [key, value] of Object.entries(more)) body.set(key, value);
  byId("groter").parentElement.classList.add("bezig");
  try {
    const answer = await fetch(form.dataset.kijk, { method: "POST", body, signal: own.signal });
    if (!answer.ok) throw new Error(answer.status);
    const found = await answer.json();
    if (own !== asked || found.stale) return;
    (everywhere ? elsewhere : show)(found, element, name, chosen);
  } catch (error) {
    if (error.name !== "AbortError") status("wait", "Geen voorbeeld: draait de studio nog?");
  } finally {
    if (own === asked) byId("groter").parentElement.classList.remove("bezig");
  }
}

function status(state, sentence, other = "") {
  say(byId("toestand"), state, sentence, other);
}

function show(found, element, name, chosen) {
  if (found.mistakes.length) {
    const own = found.mistakes.find(([path]) => path === name || path === element.name);
    const said = element.closest(".field")?.querySelector(".fout");
    told(element, own && !said ? "too-long" : "wait", own && !said ? own[1] : "");
    status("wait", own ? own[1] : "Het voorbeeld wacht tot alles is ingevuld.");
    return;
  }
  if (found.problem) {
    status("wait", found.problem);
    return;
  }
  const [standing] = found.standings;
  const text = element.dataset.tekst;
  if (!standing.shown && chosen && !byId("product").value) {
    shownOn.delete(name);
    if (text && element.value.trim()) return void look();
  }
  if (standing.shown) shownOn.set(name, standing.layout);
  if (found.picture) {
    for (const image of [byId("beeld"), byId("groot-beeld")]) Object.assign(image, { src: found.picture, alt: found.alt });
    byId("groter").hidden = false;
    byId("detail-vak").hidden = !found.detail;
    if (found.detail) Object.assign(byId("detail"), { src: found.detail, alt: `Van dichtbij: ${found.alt}` });
    byId("groot-kop").textContent = found.alt;
  }
  if (!text || !element.value.trim()) {
    told(element, "wait", "");
    status("fits", `${standing.title}`);
  } else if (standing.shown) {
    told(element, standing.state, standing.sentence, standing.other);
    status(standing.state, `${standing.title}: ${standing.sentence}`, standing.other);
    rest = setTimeout(() => look(true), REST);
  } else {
    told(element, "wait", "Deze tekst staat hier niet op.");
    status("wait", `${standing.title} laat deze tekst niet zien.`);
  }
}

function elsewhere(found) {
  const list = byId("elders");
  const others = found.standings.filter((one) => one.shown);
  list.replaceChildren(...others.map((one) => {
    const item = document.createElement("li"), name = document.createElement("b"), said = document.createElement("span");
    name.textContent = one.title;
    said.className = "ruimte";
    say(said, one.state, one.sentence, one.other);
    item.append(name, said);
    return item;
  }));
  byId("elders-vak").hidden = others.length < 2;
}

function soon(wait = PAUSE) {
  clearTimeout(timer);
  clearTimeout(rest);
  if (asked) asked.abort();
  timer = setTimeout(look, wait);
}

form.addEventListener("focusin", ({ target }) => {
  if (!writes(target) || target === field) return;
  field = target;
  byId("elders-vak").hidden = true;
  soon(60);
});
form.addEventListener("input", ({ target }) => {
  form.dataset.veranderd = "";
  byId("nog").textContent = "Nog niet bewaard.";
  if (writes(target)) field = target;
  // What was said of this field when it was sent no longer holds.
  for (const said of target.closest(".field")?.querySelectorAll(".fout") || []) said.remove();
  target.removeAttribute("aria-invalid");
  soon();
});
for (const select of document.querySelectorAll(".keuzes select")) select.addEventListener("change", () => {
  shownOn.clear();
  soon(0);
});
// In a list with a line for each item, another line is another text.
document.addEventListener("selectionchange", () => {
  if (!field || field !== document.activeElement || field.dataset.tekst !== "lines") return;
  const now = field.value.slice(0, field.selectionStart).split("\n").length;
  if (now !== line) soon();
  line = now;
});

// A colour is picked or written; the palette follows.
let palette = 0;
for (const picker of document.querySelectorAll("[data-kleur-van]")) {
  const text = byId(picker.dataset.kleurVan);
  picker.addEventListener("input", () => {
    text.value = picker.value.toUpperCase();
    text.dispatchEvent(new Event("input", { bubbles: true }));
  });
  text.addEventListener("input", () => {
    if (!/^#[0-9a-f]{6}$/i.test(text.value)) return;
    picker.value = text.value;
    clearTimeout(palette);
    palette = setTimeout(repaint, 120);
  });
}

async function repaint() {
  const box = byId("palet");
  const query = new URLSearchParams();
  for (const one of document.querySelectorAll("[data-kleur]")) query.set(one.dataset.kleur, one.value);
  const answer = await fetch(`${box.dataset.van}?${query}`);
  if (answer.ok) box.innerHTML = await answer.text();
}

byId("groter").addEventListener("click", () => byId("groot").showModal());
byId("dicht").addEventListener("click", () => byId("groot").close());
form.addEventListener("submit", () => { sent = true; });
document.addEventListener("keydown", (event) => {
  if (event.key === "s" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(byId("bewaar"));
  }
});
window.addEventListener("pageshow", () => { sent = false; });
window.addEventListener("beforeunload", (event) => {
  if (!sent && "veranderd" in form.dataset) event.preventDefault();
});

// After an item was added or moved, go on there; after mistakes, at the list of them.
const next = form.dataset.naar && byId(form.dataset.naar);
const mistakes = byId("fouten");
if (mistakes) mistakes.focus();
else if (next) (next.querySelector("input:not([type=hidden]), textarea, select") || next).focus();
if (!field) {
  field = [...form.elements].find(writes) || null;
  soon(0);
}
