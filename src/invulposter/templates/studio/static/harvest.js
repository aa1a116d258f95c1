// Oogst: files that are dropped anywhere on the page are the ones that are chosen.
"use strict";

const forms = document.getElementById("forms");
const drop = document.getElementById("drop");

function count() {
  const { length } = forms.files;
  document.getElementById("chosen").textContent = length === 0 ? "" : length === 1 ? "1 bestand gekozen" : `${length} bestanden gekozen`;
}

forms.addEventListener("change", count);
addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  if (event.dataTransfer.files.length) forms.files = event.dataTransfer.files;
  count();
});
document.getElementById("bring").addEventListener("submit", () => {
  document.getElementById("chosen").textContent = "Wordt verstuurd …";
});
