// Read and starred. Who has signed in keeps them on the server, by forms that htmx shortens; for others they stay in this
// browser. An article that was open for some seconds counts as read, unless its reader does not want that.

const KEY = "newsdesk-marks";
const ownButtons = () => document.getElementById("marks"); // a template, for those without an account

function load() {
  try { return { read: [], starred: [], ...JSON.parse(localStorage.getItem(KEY)) }; }
  catch { return { read: [], starred: [] }; }
}

function keep(marks) {
  try { localStorage.setItem(KEY, JSON.stringify(marks)); }
  catch { /* no room, or none allowed: the marks last as long as the page */ }
}

function paint() {
  const template = ownButtons();
  if (!template) return;
  const marks = load();
  for (const place of document.querySelectorAll(".marks")) {
    if (!place.childElementCount) place.append(template.content.cloneNode(true));
    const id = Number(place.dataset.marks);
    for (const button of place.children) button.setAttribute("aria-pressed", String(marks[button.dataset.mark].includes(id)));
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(".marks [data-mark]");
  if (!button || !ownButtons()) return;
  const id = Number(button.parentElement.dataset.marks);
  const marks = load();
  const had = marks[button.dataset.mark].includes(id);
  marks[button.dataset.mark] = had ? marks[button.dataset.mark].filter((other) => other !== id) : [...marks[button.dataset.mark], id];
  keep(marks);
  paint();
});

// All rows of the page down to this one
document.addEventListener("down", ({ target }) => {
  if (!ownButtons()) return;
  const all = [...document.querySelectorAll(".row")];
  const above = all.slice(0, all.indexOf(target) + 1).map((row) => Number(row.querySelector(".marks").dataset.marks));
  const marks = load();
  keep({ ...marks, read: [...new Set([...marks.read, ...above])] });
  paint();
});

let timer = 0;
function watch() {
  clearTimeout(timer);
  const seconds = Number(document.querySelector("[data-read-after]")?.dataset.readAfter);
  if (!seconds || document.visibilityState !== "visible") return;
  timer = setTimeout(() => document.querySelector("#article [data-mark=read][aria-pressed=false]")?.click(), seconds * 1000);
}

paint();
watch();
document.addEventListener("visibilitychange", watch);

// The focus stays on the button that was pressed, and what is marked in one pane is marked in the other.
let pressed = null;
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const place = detail.target.closest(".marks");
  pressed = place && { id: place.dataset.marks, mark: document.activeElement.dataset?.mark, at: places(place.dataset.marks).indexOf(place) };
});
const places = (id) => [...document.querySelectorAll(`.marks[data-marks="${id}"]`)];

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  paint();
  if (pressed) {
    const all = places(pressed.id);
    for (const other of all) if (other !== all[pressed.at]) { other.innerHTML = all[pressed.at].innerHTML; htmx.process(other); }
    all[pressed.at]?.querySelector(`[data-mark="${pressed.mark}"]`)?.focus({ preventScroll: true });
    pressed = null;
  }
  if (["article", "reading"].includes(detail.target?.id)) watch();
});
addEventListener("storage", paint);
addEventListener("pageshow", paint);
