"use strict";
// Facts and the places they rest on light up together; kinds are filtered, facts and releases searched.
// Nothing of a release is ever read as HTML: elements are shown, hidden, given classes or cloned.

const articles = [...document.querySelectorAll("article.release")];
const search = document.getElementById("search");
const found = document.getElementById("found");
const peek = document.getElementById("peek"); // at the foot of a phone: the facts under the mark that was tapped
const phone = matchMedia("(max-width: 819px)");
const bearers = new Map(); // id of a fact: the elements that speak of it
for (const element of document.querySelectorAll("[data-facts]")) {
  for (const id of split(element)) {
    if (!bearers.has(id)) bearers.set(id, []);
    bearers.get(id).push(element);
  }
}

let off = new Set(); // kinds that are not shown
let lit = [];
let pinned = []; // stay lit when the pointer leaves: what was clicked last

function light(ids) {
  if (ids.join() === lit.join()) return showPeek();
  const before = collect(lit);
  lit = ids;
  const after = collect(lit);
  for (const element of before) element.classList.remove("lit");
  for (const element of after) element.classList.add("lit");
  for (const element of new Set([...before, ...after])) if (element.matches(".mark")) paint(element);
  showPeek();
}

function collect(ids) {
  return ids.flatMap((id) => bearers.get(id) ?? []);
}

// A mark on which several facts rest has the colour of a fact that is lit, else of the innermost whose kind is shown.
function paint(mark) {
  const ids = split(mark);
  const shown = ids.filter((id) => !off.has(readKind(id)));
  const chosen = [ids.filter((id) => lit.includes(id)), shown, ids].find((some) => some.length);
  mark.dataset.kind = readKind(chosen.at(-1));
}

function readKind(id) {
  return document.getElementById(id).dataset.kind;
}

function split(element) {
  return element.dataset.facts.split(" ").filter(Boolean);
}

function readFacts(target) {
  const bearer = target instanceof Element && target.closest("[data-facts]");
  return bearer ? split(bearer) : undefined;
}

// Of the facts under a mark the innermost alone is looked up: the last.
function settle(target, ids) {
  return target.closest(".mark, .node") ? ids : ids.slice(-1);
}

function revealFact(ids) {
  const fact = document.getElementById(ids.at(-1));
  const panel = fact?.closest(".facts");
  if (!panel || getComputedStyle(panel).overflowY !== "auto") return;
  const [inner, outer] = [fact.getBoundingClientRect(), panel.getBoundingClientRect()];
  if (inner.top < outer.top || inner.bottom > outer.bottom) panel.scrollTop += inner.top - outer.top - outer.height / 3;
}

function showPeek() {
  const wanted = phone.matches && lit.length && document.activeElement?.closest(".text");
  peek.hidden = !wanted;
  if (!wanted) return;
  const copies = lit.map((id) => document.getElementById(id)).filter(Boolean).map((fact) => {
    const copy = fact.cloneNode(true);
    for (const element of [copy, ...copy.querySelectorAll("[id]")]) element.removeAttribute("id");
    for (const element of [copy, ...copy.querySelectorAll("[data-facts]")]) element.removeAttribute("data-facts");
    return copy;
  });
  peek.firstElementChild.replaceChildren(...copies);
}

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const ids = readFacts(event.target);
  if (ids) {
    light(settle(event.target, ids));
    if (event.target.closest(".mark, .node")) revealFact(ids);
  } else light(pinned);
});
document.addEventListener("focusin", (event) => {
  const ids = readFacts(event.target);
  pinned = ids ? settle(event.target, ids) : [];
  light(pinned);
  if (ids && event.target.closest(".mark")) revealFact(ids);
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (phone.matches && link?.matches(".mark")) event.preventDefault(); // the fact is shown at the foot of the screen instead
  const ids = readFacts(event.target);
  if (!ids && !peek.contains(event.target)) pinned = [];
  else if (ids) pinned = settle(event.target, ids);
  light(pinned);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  pinned = [];
  light(pinned);
  if (search.value) {
    search.value = "";
    filter();
  }
});

// Kinds

function showKinds() {
  off = new Set([...document.querySelectorAll(".kinds input:not(:checked)")].map((input) => input.value));
  for (const element of document.querySelectorAll("[data-kind]")) {
    const mark = element.matches(".mark");
    const kinds = mark ? split(element).map(readKind) : [element.dataset.kind];
    const hidden = kinds.every((kind) => off.has(kind));
    element.classList.toggle("off", hidden);
    if (mark) paint(element);
    if (mark && element.id) element.tabIndex = hidden ? -1 : 0;
  }
  for (const edge of document.querySelectorAll(".edge")) {
    edge.classList.toggle("off", split(edge).some((id) => off.has(readKind(id))));
  }
  filter();
}

for (const input of document.querySelectorAll(".kinds input")) input.addEventListener("change", showKinds);

// Search

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const texts = new Map();
const read = (element) => {
  if (!texts.has(element)) texts.set(element, fold(element.textContent));
  return texts.get(element);
};

function filter() {
  const words = fold(search.value).split(/\s+/).filter(Boolean);
  const matches = (element) => words.every((word) => read(element).includes(word));
  for (const article of articles) {
    if (article.hidden) continue;
    const facts = [...article.querySelectorAll(".facts > section > ul > .fact")];
    for (const fact of facts) fact.hidden = !matches(fact) || (fact.classList.contains("off") && !fact.querySelector(".fact:not(.off)"));
    for (const role of article.querySelectorAll(".positions > .fact")) role.hidden = role.classList.contains("off");
    for (const gap of article.querySelectorAll(".gap")) gap.hidden = words.length > 0;
    for (const section of article.querySelectorAll(".facts > section")) section.hidden = !section.querySelector("ul > .fact:not([hidden])");
    const shown = facts.filter((fact) => !fact.hidden).length;
    article.querySelector(".nothing").hidden = shown > 0 || facts.length === 0;
    found.textContent = words.length ? `${shown} of ${facts.length} facts` : "";
  }
  let releases = 0;
  for (const link of document.querySelectorAll("nav a")) {
    const wanted = matches(document.querySelector(link.hash));
    link.parentElement.hidden = !wanted;
    releases += wanted;
  }
  if (articles.length > 1) {
    document.querySelector("nav .none").hidden = releases > 0;
    if (words.length) found.textContent += `, ${releases} of ${articles.length} releases`;
  }
  highlight(search.value.trim().toLowerCase());
}

function highlight(words) {
  if (!CSS.highlights) return;
  const ranges = [];
  const article = articles.find((article) => !article.hidden);
  const walker = document.createTreeWalker(article.querySelector(".text"), NodeFilter.SHOW_TEXT);
  while (words && walker.nextNode()) {
    const text = walker.currentNode.data.toLowerCase();
    if (text.length !== walker.currentNode.data.length) continue; // a letter that grows in lower case moves the others
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) {
      const range = new Range();
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at + words.length);
      ranges.push(range);
    }
  }
  CSS.highlights.set("found", new Highlight(...ranges));
}

search.addEventListener("input", filter);

// The bar may take two lines; what sticks below it has to know.
new ResizeObserver(([bar]) => {
  const height = phone.matches ? 0 : bar.target.offsetHeight;
  document.documentElement.style.setProperty("--bar", `${height}px`);
}).observe(document.querySelector(".bar"));

// One release at a time

function show() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const before = articles.find((article) => !article.hidden);
  const current = target?.closest("article.release") ?? (location.hash ? before : articles[0]);
  const changed = current.hidden || articles.filter((article) => !article.hidden).length > 1;
  for (const article of articles) article.hidden = article !== current;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#${current.id}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (changed) filter();
  if (target === current) scrollTo(0, 0);
  else if (changed) target?.scrollIntoView();
  const link = target?.matches(".fact") ? target.querySelector("a, [tabindex]") : target;
  if (link?.matches(".mark, .name, .title, .words")) link.focus({ preventScroll: true });
}

addEventListener("hashchange", show);
for (const article of articles.slice(1)) article.hidden = true;
if (matchMedia("(max-width: 1149px)").matches) document.querySelector("nav details")?.removeAttribute("open");
show();
