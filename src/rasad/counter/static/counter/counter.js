// The counter with a little help: works without it.
"use strict";

// The line to the server.
const line = document.querySelector("[data-line]");
if (line) {
  const online = line.innerHTML;
  const tell = () => {
    line.classList.toggle("good", navigator.onLine);
    line.classList.toggle("bad", !navigator.onLine);
    if (navigator.onLine) line.innerHTML = online; else line.textContent = "✕ " + line.dataset.off;
  };
  addEventListener("online", tell);
  addEventListener("offline", tell);
  if (!navigator.onLine) tell();
}

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());

// A form is sent once: a sale cannot be made twice anyway, but nobody should wonder.
for (const form of document.querySelectorAll("main form")) {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
addEventListener("pageshow", () => document.querySelectorAll("[data-sent]").forEach((form) => delete form.dataset.sent));

// A code has its seconds.
const clock = document.querySelector("[data-seconds]");
if (clock) {
  const whole = 60;
  const until = performance.now() + Number(clock.dataset.seconds) * 1000;
  const words = clock.querySelector("template").innerHTML;
  const bar = clock.querySelector("i");
  const tick = () => {
    const left = Math.max(0, Math.ceil((until - performance.now()) / 1000));
    clock.classList.toggle("over", left === 0);
    clock.querySelector("[data-left]").innerHTML = left ? words.replace("{n}", left) : clock.dataset.over;
    bar.style.width = `${(100 * left) / whole}%`;
    if (left) setTimeout(tick, 250);
  };
  tick();
}

// Quantities: all of it with one touch, one alternative, the price while typing.
const quantities = document.querySelector("form.quantities");
if (quantities) {
  const inputs = [...quantities.querySelectorAll(".typed input")];
  const total = quantities.querySelector("[data-total]");
  const thousandths = (text) => {
    const plain = text.trim().replace(/[०-९]/g, (d) => d.charCodeAt(0) - 0x966).replace(/[০-৯]/g, (d) => d.charCodeAt(0) - 0x9e6);
    return /^\d+(\.\d{0,3})?$|^\.\d{1,3}$/.test(plain) ? Math.round(Number(plain) * 1000) : 0;
  };
  const count = () => {
    let paise = 0;
    for (const input of inputs) {
      const price = Number(input.closest(".line").dataset.price);
      paise += Math.floor((thousandths(input.value) * price * 2 + 1000) / 2000);
    }
    total.hidden = paise === 0 && !inputs.some((input) => thousandths(input.value));
    total.querySelector("b").textContent = (paise / 100).toLocaleString("en-IN", {style: "currency", currency: "INR"});
  };
  const chosen = (input) => {
    const group = input.closest(".either");
    const goods = input.closest(".line").dataset.goods;
    if (group && input.value) for (const line of group.querySelectorAll(".line"))
      if (line.dataset.goods !== goods) for (const other of line.querySelectorAll("input")) other.value = "";
    count();
  };
  for (const input of inputs) input.addEventListener("input", () => chosen(input));
  for (const button of quantities.querySelectorAll("[data-all]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const input = button.closest(".typed").querySelector("input");
      input.value = input.dataset.most;
      chosen(input);
      input.focus();
    });
  }
  const wrong = quantities.querySelector("[aria-invalid]");
  (wrong || inputs.find((input) => !input.value) || inputs[0]).focus();
  count();
}
