// Pages large enough to read, in a dialog: a block, so that its names are its own.
"use strict";

{
  const part = (id) => document.getElementById(id);
  const zoom = part("zoom");
  let leaves = [], shown = 0, level = 0;
  const pixels = [1000, 1600, 3200];

  function turn(to, at) {
    shown = Math.min(Math.max(to, 0), leaves.length - 1);
    level = Math.min(Math.max(at, 0), pixels.length - 1);
    const { href, dataset } = leaves[shown];
    part("zoom-title").textContent = dataset.zoom;
    part("zoom-page").dataset.level = level;
    Object.assign(part("zoom-picture"), { src: href.replace(/-\d+\.jpg$/, `-${pixels[level]}.jpg`), alt: dataset.zoom });
    part("previous").disabled = shown === 0;
    part("next").disabled = shown === leaves.length - 1;
    part("smaller").disabled = level === 0;
    part("larger").disabled = level === pixels.length - 1;
  }

  document.addEventListener("click", (event) => {
    const leaf = event.target.closest("[data-zoom]");
    if (!leaf) return;
    event.preventDefault();
    leaves = [...leaf.closest(".pages").querySelectorAll("[data-zoom]")];
    turn(leaves.indexOf(leaf), 0);
    zoom.showModal();
  });
  part("previous").onclick = () => turn(shown - 1, level);
  part("next").onclick = () => turn(shown + 1, level);
  part("smaller").onclick = () => turn(shown, level - 1);
  part("larger").onclick = () => turn(shown, level + 1);
  part("shut").onclick = () => zoom.close();
  zoom.addEventListener("keydown", ({ key }) => {
    if (key === "+" || key === "=") turn(shown, level + 1);
    if (key === "-") turn(shown, level - 1);
    if (key === "PageDown" || (level === 0 && key === "ArrowRight")) turn(shown + 1, level);
    if (key === "PageUp" || (level === 0 && key === "ArrowLeft")) turn(shown - 1, level);
  });
}
