// Shows what the server tells: a proof after every saved change, or why there is none.
"use strict";

const find = (id) => document.getElementById(id);
const selects = { layout: find("layout"), rayon: find("rayon"), subject: find("subject"), on_screen: find("on-screen") };
const asked = new URLSearchParams(location.search);
const view = Object.fromEntries([...Object.keys(selects), "thrifty"].map((name) => [name, asked.get(name) ?? ""]));
let source;

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function follow() {
  source?.close();
  find("status").textContent = "Wordt gemaakt …";
  source = new EventSource("/events?" + new URLSearchParams(view));
  source.onmessage = (event) => show(JSON.parse(event.data));
  source.onerror = () => { find("status").textContent = "Geen verbinding: draait invulposter preview nog?"; };
}

function look(changed) {
  Object.assign(view, changed);
  history.replaceState(null, "", "?" + new URLSearchParams(view));
  follow();
}

function show(proof) {
  if (proof.choices) offer(proof.choices, proof.view);
  const failed = proof.errors.length > 0;
  find("problem").hidden = !failed;
  find("pages").hidden = find("remarks").hidden = failed;
  find("errors").replaceChildren(...proof.errors.map((text) => element("li", { textContent: text })));
  if (!failed) {
    document.title = `${proof.title} · Voorbeeld`;
    lay(proof);
    if (proof.pages === proof.total) remark(proof.findings);
  }
  const count = proof.pages < proof.total ? `${proof.pages} van ${proof.total}` : proof.pages;
  const seconds = proof.seconds.toLocaleString("nl", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  find("status").textContent = failed ? "Niet gemaakt" : `${count} blz. in ${seconds} s`;
}

function offer(choices, shown) {
  Object.assign(view, { layout: shown.layout, rayon: shown.rayon, subject: shown.subject });
  fill(selects.layout, choices.layouts, shown.layout);
  fill(selects.rayon, choices.rayons, shown.rayon);
  fill(selects.subject, choices.subjects, shown.subject);
  find("subject-choice").hidden = choices.subjects.length === 0;
  selects.on_screen.value = String(shown.on_screen);
  for (const [id, name] of [["lightest", "rayon"], ["darkest", "rayon"], ["longest", "subject"]]) {
    const button = find(id);
    button.disabled = choices[id] === "";
    button.onclick = () => look({ [name]: choices[id] });
  }
  // Asked for once, it stays asked for: the next layout may be one that can.
  const thrifty = find("thrifty");
  thrifty.disabled = !choices.thrifty;
  thrifty.setAttribute("aria-pressed", String(choices.thrifty && shown.thrifty));
  thrifty.onclick = () => look({ thrifty: String(!shown.thrifty) });
}

function fill(select, choices, value) {
  select.replaceChildren(...choices.map(({ id, name }) => element("option", { value: id, textContent: name })));
  select.value = value;
  if (select.selectedIndex < 0) select.selectedIndex = 0;
}

function lay(proof) {
  const pages = find("pages");
  const wide = proof.total < 3 ? "100rem" : proof.total < 7 ? "34rem" : "22rem";
  const lengths = { page: wide, width: proof.width, height: proof.height, bleed: proof.bleed, safe: proof.safe };
  for (const [name, length] of Object.entries(lengths)) pages.style.setProperty(`--${name}`, length);
  const longest = proof.total < 3 ? 1600 : 900;
  const old = [...pages.querySelectorAll("img")];
  const made = Array.from({ length: proof.pages }, (_, index) => leaf(proof, index + 1, longest, old[index]));
  // Of a long document the first pages come first; behind them the others stay as they were for a moment.
  const shown = JSON.stringify(proof.view);
  const rest = proof.pages < proof.total && pages.dataset.view === shown ? [...pages.children].slice(proof.pages) : [];
  Object.assign(pages.dataset, { key: proof.key, view: shown });
  pages.replaceChildren(...made, ...rest);
}

// Where a page stood before, that picture stays until the new one is there: nothing flashes.
function leaf(proof, number, longest, old) {
  const alt = `${proof.title}, blad ${number}`;
  const fresh = element("img", { alt, loading: "lazy", src: `/pages/${proof.key}/${number}-${longest}.jpg` });
  fresh.onload = () => old?.remove();
  const guides = ["bleed", "trim", "safe"].map((name) => element("i", { className: name }));
  const page = element("div", { className: "page" }, ...(old ? [old] : []), fresh, ...guides);
  return element("li", {}, page, element("p", { className: "number", textContent: `blad ${number}` }));
}

function remark(findings) {
  const nothing = element("li", { textContent: "Niets op te merken." });
  const lines = findings.map(({ severity, text }) => element("li", { className: severity, textContent: text }));
  find("findings").replaceChildren(...(lines.length ? lines : [nothing]));
}

for (const [name, select] of Object.entries(selects)) select.onchange = () => look({ [name]: select.value });
for (const id of ["gray", "guides", "far"]) {
  find(id).onclick = ({ currentTarget }) => {
    const on = document.body.classList.toggle(id);
    currentTarget.setAttribute("aria-pressed", String(on));
  };
}
follow();
