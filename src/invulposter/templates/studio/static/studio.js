// What every page shares: following long work, and asking before something is lost.
"use strict";

for (const box of document.querySelectorAll("[data-follow]")) {
  const source = new EventSource(box.dataset.follow);
  const told = box.querySelector("[data-told]");
  const bar = box.querySelector("[data-bar]");
  source.onmessage = ({ data }) => {
    const { state, done, of, text } = JSON.parse(data);
    if (state !== "running") {
      source.close();
      location.reload();
      return;
    }
    told.textContent = text;
    if (of > 0) Object.assign(bar, { max: of, value: done });
  };
  // The page that stopping leads to is not to be overtaken by a reload of this one.
  box.querySelector("form")?.addEventListener("submit", () => source.close());
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) location.reload();
    else told.textContent = "Geen verbinding: draait de studio nog?";
  };
}
