// Workshop: the plan follows the form; another rayon has other networks. What has the focus keeps it.
"use strict";

const form = document.getElementById("workshop");
let asking;

async function look() {
  const texts = new FormData(form);
  texts.delete("csrf");
  texts.delete("lijst");
  asking?.abort();
  const own = asking = new AbortController();
  try {
    const answer = await fetch("/workshop?" + new URLSearchParams(texts), { signal: own.signal });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (own !== asking || !answer.ok) return;
    document.getElementById("plan").replaceWith(fresh.getElementById("plan"));
    for (const field of fresh.querySelectorAll("#workshop .field")) {
      const control = field.querySelector("select, input");
      const shown = document.getElementById(control.id);
      if (!shown || control.type === "file") continue;
      if (control.tagName === "SELECT") {
        // Options that are moved one by one forget which of them was chosen.
        const chosen = control.value;
        shown.replaceChildren(...control.childNodes);
        shown.value = chosen;
      }
      for (const name of ["aria-invalid", "aria-describedby"]) {
        if (control.hasAttribute(name)) shown.setAttribute(name, control.getAttribute(name));
        else shown.removeAttribute(name);
      }
      shown.closest(".field").querySelector(".help")?.remove();
      const help = field.querySelector(".help");
      if (help) shown.closest(".field").append(help);
    }
  } catch (error) {
    if (error.name !== "AbortError") document.getElementById("plan").textContent = "Geen verbinding: draait de studio nog?";
  }
}

form.addEventListener("change", look);
