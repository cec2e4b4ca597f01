"use strict";
// Chooses rows and marks by issue and actor, and shows the evidence of a mark beside it.
const issue = document.getElementById("issue");
const actor = document.getElementById("actor");
const told = document.getElementById("told");
const note = document.getElementById("note");
const marks = [...document.querySelectorAll(".chart a")];
const cells = [...document.querySelectorAll(".matrix a")];
const evidenceOf = (mark) => document.getElementById(mark.getAttribute("href").slice(1));
const sums = [...document.querySelectorAll(".sum, .marks > summary, .more > summary")].map((part) => [part, part.innerHTML]);

// A row of a matrix tells nothing where the cells of the chosen issue are empty.
function tells(row) {
  return !row.closest(".matrix") || [...row.cells].some((cell) => cell.className && !cell.hidden);
}

function choose() {
  for (const row of document.querySelectorAll("[data-issue], [data-actors]")) {
    const fitsIssue = !issue.value || !row.dataset.issue || row.dataset.issue === issue.value;
    const fitsActor = !actor.value || !row.dataset.actors || row.dataset.actors.split(" ").includes(actor.value);
    row.hidden = !(fitsIssue && fitsActor);
  }
  for (const row of document.querySelectorAll(".matrix tbody tr")) row.hidden ||= !tells(row);
  for (const part of document.querySelectorAll(".sift")) {
    part.hidden = ![...part.querySelectorAll("tbody tr")].some((row) => !row.hidden);
  }
  let shown = 0;
  for (const part of document.querySelectorAll("article")) {
    const rows = [...part.querySelectorAll(".marks li")].filter((row) => !row.hidden);
    part.hidden ||= !rows.length;
    if (!part.hidden) shown += rows.length;
  }
  for (const mark of marks) mark.toggleAttribute("hidden", evidenceOf(mark).hidden);
  count();
  keep();
  told.textContent = issue.value || actor.value ? `${shown} ${shown === 1 ? "mark fits" : "marks fit"}` : "";
  close();
}

// Beside what is chosen no number stands that counts all.
function count() {
  const chosen = issue.value || actor.value;
  for (const [part, whole] of sums) {
    const rows = [...part.parentElement.querySelectorAll(part.matches(".marks > summary") ? "li" : "tbody tr")];
    const fit = rows.filter((row) => !row.hidden).length;
    if (!chosen) part.innerHTML = whole;
    else if (part.matches(".sum")) part.textContent = `${fit} of the ${rows.length} shown ${fit === 1 ? "fits" : "fit"} what is chosen.`;
    else if (part.matches(".more > summary")) part.textContent = `${fit} more ${fit === 1 ? "actor" : "actors"}`;
    else part.textContent = `The ${fit} ${fit === 1 ? "mark" : "marks"} as a list`;
    if (part.matches(".more > summary")) part.parentElement.hidden = chosen && !fit;
  }
}

// The address holds what is chosen, so that it can be kept and sent.
function keep() {
  const chosen = new URLSearchParams();
  if (issue.value) chosen.set("issue", issue.value);
  if (actor.value) chosen.set("actor", actor.value);
  if (`${chosen}`) history.replaceState(null, "", `#${chosen}`);
  else if (location.hash.includes("=")) history.replaceState(null, "", "#");
}

function restore() {
  const chosen = new URLSearchParams(location.hash.slice(1));
  if (!chosen.get("issue") && !chosen.get("actor")) return;
  issue.value = chosen.get("issue") || "";
  actor.value = chosen.get("actor") || "";
  choose();
}

function show(mark, stays) {
  const evidence = evidenceOf(mark);
  const box = mark.getBoundingClientRect();
  note.replaceChildren(...(stays ? [closer()] : []), ...[...evidence.childNodes].map((node) => node.cloneNode(true)));
  note.className = evidence.className;
  note.hidden = false;
  const left = Math.min(Math.max(16, box.left + 12), window.innerWidth - note.offsetWidth - 16);
  const below = box.bottom + 10 + note.offsetHeight < window.innerHeight;
  note.style.left = `${left}px`;
  note.style.top = `${below ? box.bottom + 10 : Math.max(8, box.top - note.offsetHeight - 10)}px`;
  note.dataset.stays = stays ? "yes" : "";
}

function closer() {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Close";
  button.addEventListener("click", close);
  return button;
}

function close() {
  note.hidden = true;
  note.dataset.stays = "";
}

function step(mark, by) {
  const chart = [...mark.closest(".chart").querySelectorAll("a:not([hidden])")]
    .sort((one, other) => one.getBoundingClientRect().left - other.getBoundingClientRect().left);
  const next = chart[chart.indexOf(mark) + by];
  if (!next) return;
  mark.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
}

for (const chart of document.querySelectorAll(".chart")) {
  [...chart.querySelectorAll("a")].forEach((mark, place) => mark.setAttribute("tabindex", place ? "-1" : "0"));
}
for (const mark of marks) {
  mark.setAttribute("aria-label", evidenceOf(mark).querySelector(".stance").textContent);
  mark.addEventListener("mouseenter", () => { if (!note.dataset.stays) show(mark, false); });
  mark.addEventListener("mouseleave", () => { if (!note.dataset.stays) close(); });
  mark.addEventListener("focus", () => requestAnimationFrame(() => show(mark, false)));
  mark.addEventListener("blur", () => { if (!note.dataset.stays) close(); });
  mark.addEventListener("click", (event) => { event.preventDefault(); show(mark, true); });
  mark.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight") { event.preventDefault(); step(mark, 1); }
    if (event.key === "ArrowLeft") { event.preventDefault(); step(mark, -1); }
  });
}
for (const cell of cells) {
  cell.addEventListener("click", (event) => { event.preventDefault(); show(cell, true); });
}
document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
// A page that scrolls leaves the note of the mouse behind; that of a focused mark goes along.
window.addEventListener("scroll", () => {
  if (note.hidden || note.dataset.stays) return;
  const focused = document.activeElement.closest(".chart a");
  if (focused) show(focused, false); else close();
}, { passive: true });
issue.addEventListener("change", choose);
actor.addEventListener("change", choose);
document.getElementById("all").addEventListener("click", () => { issue.value = ""; actor.value = ""; choose(); });
document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
document.querySelector("form").hidden = false;
window.addEventListener("hashchange", restore);
restore();
