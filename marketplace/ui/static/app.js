// Improves pages that already work without it.
"use strict";

document.querySelectorAll("[data-focus-on-load]").forEach((element) => element.focus());

document.querySelectorAll("[data-submit-on-change]").forEach((field) => {
  field.addEventListener("change", () => field.form.requestSubmit());
});

// A second click on a button that already sends does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sending) {
    event.preventDefault();
    return;
  }
  if (form.method === "post" && !form.dataset.autosave) {
    form.dataset.sending = "yes";
    window.addEventListener("pageshow", () => delete form.dataset.sending, { once: true });
  }
});

// What autosave keeps in this browser goes when its writer signs out, in every tab.
const signingOut = new BroadcastChannel("sign-out");

function forgetDrafts() {
  document.documentElement.dataset.signedOut = "yes";
  const copies = Object.keys(sessionStorage).filter((key) => key.startsWith("autosave:"));
  copies.forEach((key) => sessionStorage.removeItem(key));
}

signingOut.addEventListener("message", forgetDrafts);
document.addEventListener("submit", (event) => {
  if (!event.target.matches('form[action$="/sign-out"]')) return;
  forgetDrafts();
  signingOut.postMessage("now");
});

// Copies a text that can be marked and copied by hand as well.
document.querySelectorAll("[data-copy]").forEach((button) => {
  const text = document.getElementById(button.dataset.copy);
  if (!navigator.clipboard || !text) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.value);
    button.parentElement.querySelector("[role=status]").textContent = button.dataset.copied;
  });
});
