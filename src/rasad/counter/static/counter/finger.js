// A finger by the Registered Device service at this terminal: found at a port, asked by its own verbs.
// What it gives is sealed for UIDAI; it goes into the form and nowhere else.
"use strict";

const form = document.querySelector("form.fingers");
const said = form.querySelector(".reader");
said.hidden = true;
const FIRST = 11100, LAST = 11120, KNOWN = "reader-port", PATIENCE = 1500;

const say = (key, isBad = false) => {
  said.hidden = false;
  said.classList.toggle("bad", isBad);
  said.textContent = form.dataset[key];
};

const asked = async (port) => {
  const base = `http://127.0.0.1:${port}`;
  try {
    const answer = await fetch(base, {method: "RDSERVICE", signal: AbortSignal.timeout(PATIENCE)});
    const found = new DOMParser().parseFromString(await answer.text(), "text/xml").documentElement;
    if (found.getAttribute("status") !== "READY") return null;
    const path = found.querySelector('[id="CAPTURE"]').getAttribute("path");
    return path.startsWith("http") ? path : base + path;
  } catch {
    return null;
  }
};

const reader = async () => {
  const told = form.dataset.reader ? new URL(form.dataset.reader).port : "";
  const known = Number(told || sessionStorage.getItem(KNOWN));
  const ports = Array.from({length: LAST - FIRST + 1}, (_, place) => FIRST + place);
  for (const port of known ? [known, ...ports] : ports) {
    const address = await asked(port);
    if (address) {
      sessionStorage.setItem(KNOWN, port);
      return address;
    }
  }
  return null;
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "yes";
  try {
    say("looking");
    const address = await reader();
    if (!address) return say("none", true);
    say("waiting");
    const answer = await fetch(address, {method: "CAPTURE", body: form.dataset.options});
    form.elements.captured.value = await answer.text();
    say("asking");
    form.submit();
  } catch {
    sessionStorage.removeItem(KNOWN);
    say("none", true);
  } finally {
    delete form.dataset.busy;
  }
});
