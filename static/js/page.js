// What htmx alone does not do: links that open in a new tab, groups that stay as they were folded, the sheets, the
// theme, and evidence that lights up under the pointer. Every page works without this file.

const root = document.documentElement;

// htmx would take a click with a modifier for itself, and lets a link in a drawing go on to the browser.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[hx-get]");
  if (!link) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) event.stopImmediatePropagation();
  else if (link instanceof SVGElement) event.preventDefault();
}, true);

// A swapped desk keeps what its reader had folded and opened.
let folds = new Map();
let sheet = null; // the filters, where they are open as a sheet: how far down, and what has the focus

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id !== "desk") return;
  folds = new Map([...document.querySelectorAll("#desk details[id]")].map((fold) => [fold.id, fold.open]));
  const open = document.querySelector("#filters:popover-open");
  sheet = open && { top: open.scrollTop, focus: document.activeElement.id };
});

document.addEventListener("htmx:afterSwap", () => {
  for (const [id, open] of folds) {
    const fold = document.getElementById(id);
    if (fold) fold.open = open || Boolean(fold.querySelector(":focus"));
  }
  folds.clear();
  if (!sheet) return;
  const filters = document.getElementById("filters");
  filters.showPopover();
  filters.scrollTo({ top: sheet.top, behavior: "instant" });
  document.getElementById(sheet.focus)?.focus({ preventScroll: true }); // it could not be focused while it was hidden
  sheet = null;
});

document.addEventListener("htmx:afterSettle", (event) => {
  const source = event.detail.requestConfig?.elt;
  if (source?.dataset.focus) document.getElementById(source.dataset.focus)?.focus({ preventScroll: true });
  if (source?.hasAttribute("data-sheet")) document.getElementById("sheet").showPopover();
});

// What was pressed in an article stays where it is on the screen, whatever has grown or shrunk above it.
let place = null;
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id !== "article") return;
  const pressed = detail.requestConfig.triggeringEvent?.submitter ?? document.activeElement;
  place = pressed?.id ? { id: pressed.id, top: pressed.getBoundingClientRect().top } : null;
});
document.addEventListener("htmx:afterSettle", () => {
  const pressed = place && document.getElementById(place.id);
  if (pressed) scrollBy({ top: pressed.getBoundingClientRect().top - place.top, behavior: "instant" });
  if (pressed?.matches(".why[aria-current]")) showEvidence();
  place = null;
});

// "why?" goes to its first words in the text, unless they are in sight; the focus stays.
function showEvidence() {
  const words = document.querySelector(".text mark");
  const box = words?.getBoundingClientRect();
  if (box && (box.top < 0 || box.bottom > innerHeight)) words.scrollIntoView({ block: "center" });
}

// Back from an article finds the focus where it was.
document.addEventListener("click", (event) => {
  const row = event.target.closest(".row-title a")?.closest(".row");
  if (row) history.replaceState({ ...history.state, row: row.id }, "");
});
if (performance.getEntriesByType("navigation")[0]?.type === "back_forward" && history.state?.row) {
  document.querySelector(`#${CSS.escape(history.state.row)} .row-title a`)?.focus({ preventScroll: true });
}

// What went wrong is told: a page of the server's own, or a line where there is none to go to.
document.addEventListener("htmx:responseError", ({ detail }) => {
  if (detail.requestConfig.verb === "get") location.assign(detail.requestConfig.path);
  else tell("refused");
});
document.addEventListener("htmx:sendError", () => tell("offline"));

function tell(what) {
  const line = document.getElementById("announcement");
  line.textContent = line.dataset[what];
  line.classList.add("is-shown");
  setTimeout(() => line.classList.remove("is-shown"), 6000);
}

// Theme and keys change at once; the server reads the same cookies with the next page.
document.addEventListener("submit", (event) => {
  const { name, value } = event.submitter ?? {};
  if (!event.target.matches("[data-preferences]") || !name) return;
  event.preventDefault();
  document.cookie = `${name}=${value};path=/;max-age=31536000;samesite=lax`;
  root.dataset[name] = value;
  for (const button of event.target.querySelectorAll(`[name=${name}]`)) {
    button.setAttribute("aria-pressed", String(button.value === value));
  }
});

// Evidence under the pointer or the focus: a claim lights its words, in place.
function hint(event, lit) {
  const claim = event.target.closest?.("[data-claim]");
  if (!claim || (event.relatedTarget && claim.contains(event.relatedTarget))) return;
  for (const words of document.querySelectorAll(`[data-claims~="${CSS.escape(claim.dataset.claim)}"]`)) {
    words.classList.toggle("is-hinted", lit);
  }
}
for (const type of ["pointerover", "focusin"]) document.addEventListener(type, (event) => hint(event, true));
for (const type of ["pointerout", "focusout"]) document.addEventListener(type, (event) => hint(event, false));
