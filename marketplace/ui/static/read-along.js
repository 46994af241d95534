// Shows what is read of a text while it is typed: [data-read-along="address that answers HTML"].
// The form works without this.
"use strict";

const REST = 1000;

document.querySelectorAll("[data-read-along]").forEach((place) => {
  const form = place.closest("form");
  let timer = 0;
  let newest = 0;

  async function read() {
    const mine = (newest += 1);
    const answer = await fetch(place.dataset.readAlong, { method: "POST", body: new FormData(form) });
    // An answer that comes after a later question is old.
    if (answer.ok && !answer.redirected && mine === newest) place.innerHTML = await answer.text();
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => read().catch(() => {}), REST);
  });
});
