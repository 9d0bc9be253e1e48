// The keyboard. What keys do is listed in newsdesk/reader/keys.py, and stands in the page as a table of strokes: places
// on the keyboard (event.code), so that they work under a Cyrillic layout too. Moving changes no state.

const TABLE = JSON.parse(document.body.dataset.keymap);
const PAIRS = new Set(Object.keys(TABLE).filter((stroke) => stroke.includes(" ")).map((stroke) => stroke.split(" ")[0]));
const WAIT = 1500; // for the second stroke of a pair, in milliseconds

const rows = () => [...document.querySelectorAll(".row-title a")];
const isBelowTop = (link) => link.getBoundingClientRect().top > 0;
const current = () => document.activeElement?.closest(".row");
const find = (selector) => [...document.querySelectorAll(selector)].find((one) => one.checkVisibility());
const press = (selector) => { const found = find(selector); found?.click(); return Boolean(found); };

function goTo(link) {
  link?.focus({ preventScroll: true });
  link?.closest(".row").scrollIntoView({ block: "nearest" });
}

// To the next row; off the end of the page of the list, to the first of the next page.
function walk(step) {
  const links = rows();
  const at = links.findIndex((link) => link.closest(".row") === current());
  const next = at < 0 ? (step > 0 ? links.find(isBelowTop) ?? links[0] : links.at(-1)) : links[at + step];
  if (next) goTo(next);
  else if (press(`.pages [rel=${step > 0 ? "next" : "prev"}]`)) {
    document.addEventListener("htmx:afterSettle", function arrive({ target }) {
      if (target.id !== "desk") return;
      document.removeEventListener("htmx:afterSettle", arrive);
      goTo(rows().at(step > 0 ? 0 : -1));
    });
  }
}

const isOpen = () => Boolean(document.querySelector("#article.page"));
const article = (rel) => press(`.page-nav [rel=${rel}]`);
const isSheet = () => Boolean(document.querySelector("#sheet:popover-open"));

function search() {
  const box = find("#q");
  if (box) { box.focus(); box.select(); }
  else location.assign(`${document.querySelector(".back")?.pathname ?? "/articles/"}#q`);
}

function openOriginal() {
  const link = document.getElementById("original") ?? current()?.querySelector("[data-original]");
  if (link?.dataset.original) window.open(link.dataset.original, "_blank", "noopener");
}

// Of the row that has the focus, or of the article that is open.
const toggle = (mark) => (current() ?? document.getElementById("article"))?.querySelector(`[data-mark=${mark}]`)?.click();

// What is not here presses the first element in sight that has its name: data-key="list".
const ACTIONS = {
  next: () => (isOpen() && find(".page-nav [rel]") ? article("next") : walk(1)),
  previous: () => (isOpen() && find(".page-nav [rel]") ? article("prev") : walk(-1)),
  open: () => current()?.querySelector(".row-title a").click(),
  onward: () => (isOpen() ? article("next") : press(".pages [rel=next]")),
  backward: () => (isOpen() ? article("prev") : press(".pages [rel=prev]")),
  original: openOriginal,
  search,
  read: () => toggle("read"),
  star: () => toggle("starred"),
  archive: () => toggle("archived"),
  down: () => {
    current()?.querySelector(".down-to-here")?.click();
    current()?.dispatchEvent(new CustomEvent("down", { bubbles: true })); // for who has no account
  },
  help: () => (isSheet() ? document.getElementById("sheet").hidePopover() : press("#help")),
};

const run = (action) => (action.startsWith("/") ? location.assign(action) : (ACTIONS[action] ?? (() => press(`[data-key~="${action}"]`)))());

const isTyping = (target) => target.isContentEditable || target.closest("input, textarea, select");

let first = ""; // of a pair
let timer;

document.addEventListener("keydown", (event) => {
  if (document.documentElement.dataset.keys === "off" || event.defaultPrevented || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (/^(Shift|CapsLock)/.test(event.key)) return;
  // Where / and ? lie elsewhere on the keyboard, what they write counts.
  const stroke = { "/": "Slash", "?": "Shift+Slash" }[event.key] ?? (event.shiftKey ? "Shift+" : "") + event.code;
  const action = TABLE[first ? `${first} ${stroke}` : stroke];
  first = !first && PAIRS.has(stroke) ? stroke : "";
  clearTimeout(timer);
  timer = setTimeout(() => { first = ""; }, WAIT);
  if (!action || (document.querySelector(":popover-open") && action !== "help")) return;
  event.preventDefault();
  run(action);
});

// A box for a key takes the key that is pressed in it, and a second one after it as a pair.
const CODES = JSON.parse(document.querySelector("[data-codes]")?.dataset.codes ?? "{}");
let begun = false;

document.addEventListener("focusin", () => { begun = false; });
document.addEventListener("keydown", (event) => {
  if (!event.target.matches(".key input") || event.ctrlKey || event.metaKey || event.altKey) return;
  const alone = CODES[event.code];
  const written = event.shiftKey ? CODES[`Shift+${event.code}`] ?? `⇧${alone}` : alone;
  if (!alone || event.code === "Escape") return;
  event.preventDefault();
  const box = event.target;
  box.value = begun && !box.value.includes(" ") ? `${box.value} ${written}` : written;
  begun = true;
});

if (location.hash === "#q") document.getElementById("q")?.focus();
