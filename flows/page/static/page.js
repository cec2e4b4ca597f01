"use strict";
// Keys, copying, and what stays open: everything else works without this file.
const TYPING = "input, textarea, select, [contenteditable]";
const keys = document.getElementById("keys");
const cards = () => [...document.querySelectorAll(".card")];
let current = null;

keys.checked = localStorage.getItem("keys") !== "off";
keys.addEventListener("change", () => localStorage.setItem("keys", keys.checked ? "on" : "off"));

function choose(card) {
  if (!card) return;
  for (const other of document.querySelectorAll(".card.current")) other.classList.remove("current");
  card.classList.add("current");
  current = card.id;
  for (const mark of document.querySelectorAll("a.mark")) {
    mark.classList.toggle("current", mark.dataset.held.split(" ").includes(card.id));
  }
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "center" });
}

function reveal(card) {
  choose(card);
  document.querySelector("a.mark.current")?.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = cards();
  const at = all.findIndex((card) => card.id === current);
  reveal(all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))]);
}

function act(key) {
  const card = document.getElementById(current) || cards()[0];
  const what = card && card.querySelector(`[data-key="${key}"]`);
  if (!what) return;
  choose(card);
  if (what.tagName === "DETAILS") {
    what.open = true;
    what.querySelector("input:not([type=hidden])").focus();
  } else what.click();
}

const DOES = {
  "/": () => (document.getElementById("q") || document.getElementById("find")).focus(),
  j: () => step(1),
  k: () => step(-1),
  n: () => document.getElementById("next-unsure")?.click(),
  r: () => act("r"),
  w: () => act("w"),
  c: () => act("c"),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.closest("details[open] form")) {
    const opened = event.target.closest("details");
    opened.open = false;
    opened.querySelector("summary").focus();
  }
  if (!keys.checked || event.ctrlKey || event.altKey || event.metaKey || event.target.closest(TYPING)) return;
  if (DOES[event.key]) {
    event.preventDefault();
    DOES[event.key]();
  }
});

document.addEventListener("click", async (event) => {
  const copies = event.target.closest("[data-copy]");
  if (copies) {
    await navigator.clipboard.writeText(document.getElementById(copies.dataset.copy).textContent);
    copies.textContent = "Copied";
  }
  const mark = event.target.closest("a.mark");
  const card = mark && document.getElementById(decodeURIComponent(mark.hash.slice(1)));
  if (card) {
    event.preventDefault();
    history.replaceState(null, "", mark.hash);
    choose(card);
  }
});

// A judged card is replaced by another one of its name, which takes its place as the current one.
document.addEventListener("htmx:afterSettle", () => {
  const card = document.getElementById(current);
  if (card) card.classList.add("current");
});

// What is wrong with a request is told where it was made.
document.addEventListener("htmx:responseError", (event) => {
  const place = event.detail.elt.closest(".card, #trial") || document.getElementById("waiting");
  const told = document.createElement("p");
  told.className = "fault";
  told.setAttribute("role", "alert");
  told.textContent = event.detail.xhr.responseText.startsWith("<") ? "That did not work; load the page again." : event.detail.xhr.responseText;
  place.append(told);
});

// What a person opened or closed stays so when the search is drawn anew.
let opened = {};
document.addEventListener("htmx:beforeSwap", () => {
  opened = {};
  for (const one of document.querySelectorAll("#search details[id]")) opened[one.id] = one.open;
});
document.addEventListener("htmx:afterSettle", () => {
  for (const [id, open] of Object.entries(opened)) {
    const one = document.getElementById(id);
    if (one) one.open = open;
  }
  narrow();
});

// On a phone the facets are closed until they are asked for.
function narrow() {
  if (!window.matchMedia("(max-width: 55rem)").matches) return;
  for (const one of document.querySelectorAll(".facets > details")) if (!(one.id in opened)) one.open = false;
}
narrow();
if (location.hash.startsWith("#p-")) reveal(document.getElementById(decodeURIComponent(location.hash.slice(1))));
document.addEventListener("htmx:afterSettle", (event) => {
  // The latest days are seen first.
  if (event.target.matches?.(".chart")) event.target.scrollLeft = event.target.scrollWidth;
});
