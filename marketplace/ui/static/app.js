// Improves pages that already work without it.
"use strict";

document.querySelectorAll("[data-focus-on-load]").forEach((element) => element.focus());

// The second click of a double click sends nothing, nor does a key that is held down. That is all
// that is remembered of a sending: nothing has to let go when it is stopped, fails or is gone back
// from. What is sent twice all the same is told apart by its mark, where it arrives.
document.addEventListener("click", (event) => {
  if (event.detail > 1 && event.target.closest("form[method=post] button[type=submit]")) {
    event.preventDefault();
  }
});
document.addEventListener("keydown", (event) => {
  const writes = event.target.matches("textarea");
  if (event.repeat && event.key === "Enter" && !writes && event.target.closest("form[method=post]")) {
    event.preventDefault();
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

// Back at a form that was sent: it keeps the mark it was sent with, so that nobody makes a second
// row without knowing. A form about one version of a row has that version to hold on to instead.
document.querySelectorAll("form.form").forEach((form) => {
  const { form_mark: mark, version } = form.elements;
  if (!mark || version) return;
  const key = form.getAttribute("action") ?? "";
  mark.value = history.state?.marks?.[key] ?? mark.value;
  form.addEventListener("submit", () => {
    const marks = { ...history.state?.marks, [key]: mark.value };
    history.replaceState({ ...history.state, marks }, "");
  });
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
