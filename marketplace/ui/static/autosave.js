// Saves a form while it is being filled in: form[data-autosave="address that answers JSON"].
// The form works without this; here it only loses less.
"use strict";

const PAUSE = 1500;
const SENT = "autosave:sent";
const OF_THIS_SHOWING = ["csrf_token", "form_mark", "version"];

// A copy is not needed once its form was sent and the person has come to another page.
function forgetWhatArrived() {
  const sent = sessionStorage.getItem(SENT);
  if (!sent) return;
  sessionStorage.removeItem(SENT);
  const here = [...document.querySelectorAll("form[data-autosave]")];
  if (!here.some((form) => keyOf(form) === sent)) sessionStorage.removeItem(sent);
}

const keyOf = (form) => `autosave:${form.dataset.autosave}`;

function startAutosave(form) {
  const status = form.querySelector("[data-autosave-status]");
  const key = keyOf(form);
  let timer = 0;
  let saving = Promise.resolve();
  let inFlight = false;
  let changed = false;

  const say = (text) => {
    if (status) status.textContent = text;
  };
  const wording = (name) => status?.dataset[name] ?? "";

  // ------------------------------------------------------------ the copy in this tab

  const fields = () =>
    [...new FormData(form)].filter(([name]) => !OF_THIS_SHOWING.includes(name));

  function keepCopy() {
    if (document.documentElement.dataset.signedOut) return; // see app.js
    try {
      sessionStorage.setItem(key, JSON.stringify(fields()));
    } catch {
      // The browser keeps nothing for us; what is typed is still in the form.
    }
  }

  function readCopy() {
    try {
      return JSON.parse(sessionStorage.getItem(key) ?? "null");
    } catch {
      return null;
    }
  }

  const dropCopy = () => sessionStorage.removeItem(key);

  function putBack(copy) {
    for (const [name, value] of copy) {
      const field = form.elements.namedItem(name);
      if (field) field.value = value;
    }
    noteChange();
  }

  function offerCopy() {
    const copy = readCopy();
    if (!copy || !status) return;
    if (JSON.stringify(copy) === JSON.stringify(fields())) {
      dropCopy();
      return;
    }
    say(`${wording("found")} `);
    const choose = (text, action) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "ds-button";
      button.dataset.variant = "tertiary";
      button.dataset.size = "sm";
      button.textContent = text;
      button.addEventListener("click", () => {
        say("");
        action();
      });
      status.append(button);
    };
    choose(wording("restore"), () => putBack(copy));
    choose(wording("discard"), dropCopy);
  }

  // ------------------------------------------------------------ saving

  async function refreshBeside() {
    const beside = document.querySelector(form.dataset.autosaveRefresh || "[data-no-such]");
    if (!beside) return;
    const answer = await fetch(form.dataset.autosaveRefreshUrl);
    if (answer.ok && !answer.redirected) beside.innerHTML = await answer.text();
  }

  async function send() {
    changed = false;
    inFlight = true;
    say(wording("saving"));
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        keepalive: true,
      });
      const json = answer.headers.get("Content-Type")?.startsWith("application/json");
      const told = json ? await answer.json() : {};
      if (!answer.ok || !json) throw new Error(told.message ?? wording("failed"));
      form.elements.namedItem("version").value = told.version;
      const wrong = Object.values(told.errors ?? {});
      // What could not be saved is only here, so the copy stays until it is mended.
      if (!changed && !wrong.length) dropCopy();
      say([told.message, ...new Set(wrong)].join(" "));
      await refreshBeside().catch(() => {});
    } catch (error) {
      changed = true;
      keepCopy();
      // A network error has the browser's own words; ours say what to do.
      say(error instanceof TypeError ? wording("failed") : error.message);
    } finally {
      inFlight = false;
    }
  }

  function saveNow() {
    clearTimeout(timer);
    if (changed) saving = saving.then(() => (changed ? send() : undefined));
    return saving;
  }

  function noteChange() {
    changed = true;
    keepCopy();
    clearTimeout(timer);
    timer = setTimeout(saveNow, PAUSE);
  }

  form.addEventListener("input", noteChange);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") saveNow();
  });

  // The form's own sending waits for a saving under way, so that it carries the newest version.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    keepCopy();
    sessionStorage.setItem(SENT, key);
    if (!inFlight) return;
    event.preventDefault();
    saving.then(() => {
      clearTimeout(timer);
      form.requestSubmit(event.submitter);
    });
  });

  offerCopy();
}

forgetWhatArrived();
document.querySelectorAll("form[data-autosave]").forEach(startAutosave);
