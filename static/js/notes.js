// Notes: a passage is chosen with the pointer, or sentence by sentence with the keyboard, and sent by its place in the text in
// code points. Without this file a note is made on a page of its own.

const FIRST_WORDS = 200; // of a passage that go into the address, for the server to compare
const text = () => document.querySelector("#article .text:not(.raw)");
const paragraphs = () => [...(text()?.querySelectorAll("p[data-start]") ?? [])];
const link = () => document.getElementById("note-add");
const say = (words) => { document.getElementById("announcement").textContent = words; };

// What the text says, without the numbers of notes in it.
function read(range) {
  const copy = range.cloneContents();
  for (const number of copy.querySelectorAll(".note-ref")) number.remove();
  return copy.textContent;
}

function rangeIn(paragraph, range) {
  const inside = document.createRange();
  inside.selectNodeContents(paragraph);
  if (paragraph.contains(range.startContainer)) inside.setStart(range.startContainer, range.startOffset);
  if (paragraph.contains(range.endContainer)) inside.setEnd(range.endContainer, range.endOffset);
  return inside;
}

const partsOf = (range) => paragraphs().filter((one) => range.intersectsNode(one)).map((one) => [one, rangeIn(one, range)]).filter(([, part]) => read(part).trim());

// A range as a place in the text; null where it holds nothing of it.
function passageOf(chosen) {
  const touched = partsOf(chosen);
  if (!touched.length) return null;
  const range = inWholeWords(touched);
  const parts = partsOf(range);
  const [[first, begins]] = parts;
  const [last, ends] = parts.at(-1);
  const before = document.createRange();
  before.selectNodeContents(first);
  before.setEnd(begins.startContainer, begins.startOffset);
  const upTo = document.createRange();
  upTo.selectNodeContents(last);
  upTo.setEnd(ends.endContainer, ends.endOffset);
  const length = (part) => [...read(part)].length;
  return {
    start: Number(first.dataset.start) + length(before),
    end: Number(last.dataset.start) + length(upTo),
    words: parts.map(([, part]) => read(part)).join("\n"),
    range,
  };
}

// What a paragraph says, and where in it an offset lies.
function wordsOf(paragraph) {
  const nodes = [];
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT, (node) => (node.parentElement.closest(".note-ref") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
  while (walker.nextNode()) nodes.push(walker.currentNode);
  const at = (offset, isEnd) => {
    for (const node of nodes) {
      if (offset < node.length || (isEnd && offset === node.length)) return [node, offset];
      offset -= node.length;
    }
    return [nodes.at(-1), nodes.at(-1).length];
  };
  return { whole: nodes.map((node) => node.data).join(""), at };
}

const segmentsOf = (words, granularity) => new Intl.Segmenter(text().lang || undefined, { granularity }).segment(words);

// A pointer begins and ends within words: both are taken whole.
function inWholeWords(parts) {
  const [[first, begins]] = parts;
  const [last, ends] = parts.at(-1);
  const range = document.createRange();
  range.setStart(begins.startContainer, begins.startOffset);
  range.setEnd(ends.endContainer, ends.endOffset);
  const from = wordAt(first, begins, true);
  const to = wordAt(last, ends, false);
  if (from) range.setStart(...from);
  if (to) range.setEnd(...to);
  return range;
}

function wordAt(paragraph, part, isStart) {
  const upTo = document.createRange();
  upTo.selectNodeContents(paragraph);
  upTo.setEnd(...(isStart ? [part.startContainer, part.startOffset] : [part.endContainer, part.endOffset]));
  const { whole, at } = wordsOf(paragraph);
  const offset = read(upTo).length;
  const word = segmentsOf(whole, "word").containing(isStart ? offset : offset - 1);
  return word?.isWordLike && at(word.index + (isStart ? 0 : word.segment.length), !isStart);
}

function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !text()?.contains(selection.anchorNode)) return null;
  return passageOf(selection.getRangeAt(0));
}

// The passage stays to be seen while its note is written and the selection is gone.
function light(range) {
  if (!CSS.highlights) return;
  if (range) CSS.highlights.set("chosen", new Highlight(range));
  else CSS.highlights.delete("chosen");
}

function open({ start, end, words, range }) {
  const address = new URL(link().href);
  address.searchParams.set("start", start);
  address.searchParams.set("end", end);
  address.searchParams.set("exact", [...words].slice(0, FIRST_WORDS).join(""));
  light(range.cloneRange());
  htmx.ajax("GET", address.pathname + address.search, { target: "#note-form", swap: "innerHTML" });
}

// A button beside what was selected
const here = document.createElement("button");
here.type = "button";
here.className = "button note-here";
here.hidden = true;
here.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays, though not on every phone
here.addEventListener("click", () => {
  const passage = offered;
  hide();
  if (passage) open(passage);
});
let offered = null; // what the button would note
const hide = () => { here.hidden = true; offered = null; };

function offer() {
  const passage = !choosing && link() && selected();
  const box = passage && [...passage.range.getClientRects()].at(-1);
  if (!box || box.bottom < 0 || box.top > innerHeight) { hide(); return; }
  const below = matchMedia("(pointer: coarse)").matches ? 32 : 8; // of the handles that a phone hangs on a selection
  offered = { ...passage, range: passage.range.cloneRange() };
  here.textContent = link().dataset.here;
  if (!here.isConnected) document.body.append(here);
  here.hidden = false;
  here.style.insetBlockStart = `${Math.min(innerHeight - here.offsetHeight - 8, box.bottom + below)}px`;
  here.style.insetInlineStart = "auto";
  here.style.left = `${Math.max(8, Math.min(innerWidth - here.offsetWidth - 8, box.right - here.offsetWidth / 2))}px`;
}

// htmx keeps pages as text, and the policy for contents forbids styles in text; what came of that would be dead besides.
document.addEventListener("htmx:beforeHistorySave", () => { hide(); here.remove(); });

let timer;
const offerSoon = () => { clearTimeout(timer); timer = setTimeout(offer, 200); };
document.addEventListener("selectionchange", offerSoon);
addEventListener("scroll", () => {
  if (here.hidden) return;
  here.hidden = true;
  offerSoon(); // a phone scrolls while its handles are dragged
}, { passive: true, capture: true });

// Sentence by sentence
let choosing = null; // the sentences, the one that was begun with and the one that was gone to

function sentencesOf(paragraph) {
  const { whole, at } = wordsOf(paragraph);
  return [...segmentsOf(whole, "sentence")].filter(({ segment }) => segment.trim()).map(({ segment, index }) => {
    const begin = index + segment.length - segment.trimStart().length;
    const range = document.createRange();
    range.setStart(...at(begin, false));
    range.setEnd(...at(begin + segment.trim().length, true));
    return range;
  });
}

function choose(button) {
  const passage = selected(); // with the pointer, before the key was pressed
  if (passage) { hide(); open(passage); return; }
  const sentences = paragraphs().flatMap(sentencesOf);
  if (!sentences.length) return;
  const inSight = sentences.findIndex((one) => one.getBoundingClientRect().top >= 0);
  choosing = { sentences, from: Math.max(0, inSight), to: Math.max(0, inSight), back: button };
  text().tabIndex = -1;
  text().focus({ preventScroll: true });
  text().classList.add("is-choosing");
  show(button.dataset.choose);
}

function show(hint = "") {
  const { sentences, from, to } = choosing;
  const first = sentences[Math.min(from, to)];
  const last = sentences[Math.max(from, to)];
  getSelection().setBaseAndExtent(first.startContainer, first.startOffset, last.endContainer, last.endOffset);
  const box = sentences[to].getBoundingClientRect();
  if (box.top < 0 || box.bottom > innerHeight) sentences[to].startContainer.parentElement.scrollIntoView({ block: "center" });
  say(`${hint} ${read(sentences[to])}`.trim());
}

function leave() {
  const { back } = choosing;
  choosing = null;
  text()?.classList.remove("is-choosing");
  getSelection().removeAllRanges();
  back.focus();
}

const STEPS = { ArrowDown: 1, ArrowRight: 1, KeyJ: 1, ArrowUp: -1, ArrowLeft: -1, KeyK: -1 };

addEventListener("keydown", (event) => {
  if (!choosing || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = STEPS[event.code];
  if (!step && event.code !== "Enter" && event.code !== "Escape") return;
  event.preventDefault();
  event.stopPropagation();
  if (event.code === "Escape") { leave(); return; }
  if (event.code === "Enter") {
    const passage = selected();
    choosing = null;
    text().classList.remove("is-choosing");
    if (passage) open(passage);
    return;
  }
  choosing.to = Math.max(0, Math.min(choosing.sentences.length - 1, choosing.to + step));
  if (!event.shiftKey) choosing.from = choosing.to;
  show();
}, { capture: true });
document.addEventListener("pointerdown", () => { if (choosing) { text()?.classList.remove("is-choosing"); choosing = null; } });

// The form
const form = () => document.querySelector("#note-form form");

function dismiss() {
  const place = document.getElementById("note-form");
  if (!place.dispatchEvent(new CustomEvent("discard", { bubbles: true, cancelable: true }))) return; // see unsaved.js
  place.replaceChildren();
  light(null);
  link()?.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-choose]");
  if (button) choose(button);
  if (event.target.closest("#note-form [data-dismiss]")) { event.preventDefault(); dismiss(); }
});
addEventListener("keydown", (event) => {
  if (event.code === "Escape" && event.target.closest?.("#note-form")) { event.preventDefault(); event.stopPropagation(); dismiss(); }
}, { capture: true });
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.id === "note-form") {
    form()?.querySelector("textarea[name=body]")?.focus({ preventScroll: true });
    form()?.scrollIntoView({ block: "nearest" });
  }
  if (target.id === "article") { light(null); hide(); choosing = null; }
});
document.addEventListener("noted", ({ detail }) => document.getElementById(detail.note)?.focus({ preventScroll: true }));

// A passage and its note light each other up.
function hint(event, lit) {
  const passage = event.target.closest?.("[data-notes]");
  for (const id of passage?.dataset.notes.split(" ") ?? []) document.getElementById(id)?.classList.toggle("is-hinted", lit);
  const note = event.target.closest?.(".margin .note");
  if (note) for (const words of document.querySelectorAll(`[data-notes~="${note.id}"]`)) words.classList.toggle("is-hinted", lit);
}
for (const type of ["pointerover", "focusin"]) document.addEventListener(type, (event) => hint(event, true));
for (const type of ["pointerout", "focusout"]) document.addEventListener(type, (event) => hint(event, false));

// Passages to check, by keys
document.addEventListener("keydown", (event) => {
  const all = [...document.querySelectorAll("[data-astray]")];
  if (!all.length || document.documentElement.dataset.keys === "off" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea")) return;
  const at = all.indexOf(document.activeElement.closest("[data-astray]"));
  const step = { KeyJ: 1, KeyK: -1 }[event.code];
  if (step) all[Math.max(0, Math.min(all.length - 1, at + step))].focus();
  else all[Math.max(0, at)].querySelector(`[data-check="${CSS.escape(event.code)}"]`)?.click();
});
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.id === "check") document.querySelector("[data-astray]")?.focus();
});
