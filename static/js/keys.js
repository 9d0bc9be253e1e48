// The keyboard. Keys are places on it (event.code), so that they work under a Cyrillic layout too. Moving changes no
// state: only the focus goes along.

const rows = () => [...document.querySelectorAll(".row-title a")];

function move(step) {
  const links = rows();
  const at = links.findIndex((link) => link.closest(".row").contains(document.activeElement));
  const next = at < 0 ? (step > 0 ? links.find(isBelowTop) ?? links[0] : links.at(-1)) : links[at + step];
  next?.focus();
  next?.closest(".row").scrollIntoView({ block: "nearest" });
}

const isBelowTop = (link) => link.getBoundingClientRect().top > 0;

const current = () => document.activeElement?.closest(".row")?.querySelector(".row-title a");

function openOriginal() {
  const link = document.getElementById("original") ?? current();
  if (link?.dataset.original) window.open(link.dataset.original, "_blank", "noopener");
}

const sheet = () => document.getElementById("sheet");

const follow = (selector) => document.querySelector(selector)?.click();

function search() {
  const box = document.getElementById("q");
  if (box) { box.focus(); box.select(); }
  else location.assign(`${document.querySelector(".back")?.pathname ?? "/articles/"}#q`);
}

const KEYS = {
  KeyJ: () => (rows().length ? move(1) : follow(".page-nav [rel=next]")),
  KeyK: () => (rows().length ? move(-1) : follow(".page-nav [rel=prev]")),
  KeyO: () => current()?.click(),
  KeyV: openOriginal,
  KeyN: () => follow(".page-nav [rel=next], .pages [rel=next]"),
  KeyP: () => follow(".page-nav [rel=prev], .pages [rel=prev]"),
  Slash: search,
  "Shift+Slash": () => (sheet()?.matches(":popover-open") ? sheet().hidePopover() : follow("#help")),
};

const isTyping = (target) => target.isContentEditable || target.closest("input, textarea, select");

document.addEventListener("keydown", (event) => {
  if (document.documentElement.dataset.keys === "off" || event.defaultPrevented || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  // Where / and ? lie elsewhere on the keyboard, what they write counts.
  const written = { "/": "Slash", "?": "Shift+Slash" }[event.key];
  const key = KEYS[written ?? (event.shiftKey ? "Shift+" : "") + event.code];
  if (!key || (sheet()?.matches(":popover-open") && written !== "?")) return;
  event.preventDefault();
  key();
});

if (location.hash === "#q") document.getElementById("q")?.focus();
