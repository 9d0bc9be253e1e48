// What htmx alone does not do: links that open in a new tab, panes that stay where they were, groups that stay folded,
// the sheets, the settings, and evidence that lights up under the pointer. Every page works without scripts.

const root = document.documentElement;
const find = (id) => document.getElementById(id);
const BESIDE = "Newsdesk-Beside"; // the list is wanted beside the article: the address stays
const remember = (name, value) => { document.cookie = `${name}=${value};path=/;max-age=31536000;samesite=lax`; };

// How many panes stand side by side is for the styles to say, once.
const panes = () => Number(getComputedStyle(root).getPropertyValue("--panes"));

// htmx would take a click with a modifier for itself, and lets a link in a drawing go on to the browser. A link into a
// pane is a plain one where there are no panes.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[hx-get]");
  if (!link) return;
  const modified = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  const plain = link.hasAttribute("data-pane") && (panes() < 2 || !find("reading"));
  if (modified || plain) event.stopImmediatePropagation();
  else if (link instanceof SVGElement) event.preventDefault();
}, true);

// A link says its address once: what it fetches is what it links to. Without this htmx would fetch the page that is shown.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.elt.getAttribute("hx-get") === "") detail.path = detail.elt.getAttribute("href");
});

function focusOn(id) {
  const element = find(id);
  (element?.querySelector(".row-title a") ?? element)?.focus({ preventScroll: true });
  if (element?.matches(".row")) element.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:afterSettle", (event) => {
  const source = event.detail.requestConfig?.elt;
  if (source?.dataset.focus && source.getAttribute("hx-target") === `#${event.target.id}`) focusOn(source.dataset.focus);
  if (event.target.id === "sheet") {
    if (!event.target.matches(":popover-open")) event.target.showPopover();
    if (source?.hasAttribute("data-sheet") || document.activeElement === document.body) event.target.focus(); // closing it gives the focus back
  }
});

// Filters that are swapped stay as far down as they were, and open where they are a sheet; so does the same list.
let desk = null;

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id !== "desk") return;
  const filters = find("filters");
  desk = {
    address: detail.target.dataset.address,
    list: document.querySelector(".results")?.scrollTop,
    filters: filters?.scrollTop,
    sheet: filters?.matches(":popover-open"),
    focus: document.activeElement.id,
    row: document.activeElement.closest(".row")?.id,
  };
});
document.addEventListener("htmx:afterSwap", () => {
  const filters = find("filters");
  if (!desk || !filters) return;
  if (desk.sheet) filters.showPopover();
  filters.scrollTo({ top: desk.filters, behavior: "instant" });
  if (desk.sheet) find(desk.focus)?.focus({ preventScroll: true }); // it could not be focused while it was hidden
  if (find("desk").dataset.address === desk.address) {
    document.querySelector(".results").scrollTo({ top: desk.list, behavior: "instant" });
    if (desk.row) focusOn(desk.row);
  }
  desk = null;
});

// What was pressed in an article stays where it is on the screen, whatever has grown or shrunk above it; or, where it does
// not come back, as the form of a note, the first paragraph in sight. Another article begins at its top.
let place = null;
let open = find("article")?.dataset.row;

const PARAGRAPHS = "#article .text > [data-start]";
const isInSight = (one) => { const { top, bottom } = one.getBoundingClientRect(); return bottom > 0 && top < innerHeight; };
const page = () => (getComputedStyle(find("reading")).overflowY === "auto" ? find("reading") : window);

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id !== "article") return;
  const pressed = detail.requestConfig.triggeringEvent?.submitter ?? document.activeElement;
  const stays = pressed?.id ? pressed : [...document.querySelectorAll(PARAGRAPHS)].find(isInSight) ?? find("notes-title");
  place = stays && { is: stays.id ? `#${CSS.escape(stays.id)}` : `[data-start="${stays.dataset.start}"]`, top: stays.getBoundingClientRect().top };
});
document.addEventListener("htmx:afterSettle", () => {
  const article = find("article");
  if (!article) return;
  const stayed = place && article.querySelector(place.is);
  if (article.dataset.row && article.dataset.row !== open) {
    page().scrollTo({ top: 0, behavior: "instant" });
    find("reading").focus({ preventScroll: true });
  } else if (stayed) {
    page().scrollBy({ top: stayed.getBoundingClientRect().top - place.top, behavior: "instant" });
  }
  if (stayed?.matches(".why[aria-current]")) showEvidence();
  place = null;
  open = article.dataset.row;
  keepStep();
});

// "why?" goes to its first words in the text, unless they are in sight; the focus stays.
function showEvidence() {
  const words = document.querySelector(".text mark");
  const box = words?.getBoundingClientRect();
  if (box && (box.top < 0 || box.bottom > innerHeight)) words.scrollIntoView({ block: "center" });
}

// The list keeps step with the article: its row is marked and in sight, its page of the list is fetched where it is
// not there, and an article that was opened alone gets its list where there is room for one.
let asked = "";

function keepStep() {
  const { row, list, position } = find("article")?.dataset ?? {};
  const link = row && find(row)?.querySelector(".row-title a");
  if (!link?.hasAttribute("aria-current")) {
    document.querySelector(".row-title [aria-current]")?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "true");
    link?.closest(".row").scrollIntoView({ block: "nearest", behavior: "instant" });
  }
  const listed = find("desk")?.dataset.address;
  const isWanted = listed === undefined ? panes() === 3 && root.dataset.list !== "folded" : position && !link && listed !== list;
  if (list && isWanted && asked !== list) fetchList(list);
}

function fetchList(address) {
  asked = address;
  htmx.ajax("GET", address, { target: "#desk", swap: "outerHTML", headers: { [BESIDE]: "1" } }).then(() => { asked = ""; }, () => {}); // offline it is left out
}

// Whoever asks for a list has no use for the one that is on its way, which would take the place that theirs is meant for.
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.target.id !== "desk" || detail.requestConfig.headers[BESIDE]) return;
  asked = "";
  htmx.trigger(document.body, "htmx:abort");
});

// A correction, a cut or a note shows in the list, too: in its rows, its order and its counts.
document.addEventListener("htmx:afterSettle", ({ detail, target }) => {
  const listed = find("desk")?.dataset.address;
  if (target.id !== "article" || detail.requestConfig?.verb !== "post" || listed === undefined) return;
  const { position, list } = find("article").dataset;
  fetchList(position ? list : listed);
});
if (find("desk")) {
  matchMedia("(width >= 75rem)").addEventListener("change", keepStep);
  keepStep();
}

// A pane that was folded stays so: the server knows it from its cookie.
document.addEventListener("click", ({ target }) => {
  const pane = target.closest("[data-fold]")?.dataset.fold;
  if (!pane) return;
  root.dataset[pane] = root.dataset[pane] === "folded" ? "open" : "folded";
  remember(pane, root.dataset[pane]);
  keepStep();
  [...document.querySelectorAll(`[data-fold="${pane}"]`)].find((button) => button.checkVisibility())?.focus();
});

// So does a group of filters: "country.-topic" means that the one was opened, and the other folded.
document.addEventListener("click", ({ target }) => {
  const facet = target.closest("summary")?.closest(".facet");
  if (!facet) return;
  const name = facet.id.replace("facet-", "");
  const said = (document.cookie.match(/(?:^|; )facets=([^;]*)/)?.[1] ?? "").split(".");
  const others = said.filter((one) => one && one.replace("-", "") !== name);
  remember("facets", [...others, (facet.open ? "-" : "") + name].join("."));
});

// Back finds the panes as far down as they were, and the focus: htmx keeps the page, this its places.
document.addEventListener("htmx:beforeHistorySave", () => {
  for (const pane of document.querySelectorAll(".filters, .results, .reading")) pane.dataset.top = Math.round(pane.scrollTop);
  const focus = document.activeElement.closest(".row") ?? document.activeElement;
  if (find("desk")) find("desk").dataset.left = focus.id;
});
document.addEventListener("htmx:historyRestore", () => {
  for (const pane of document.querySelectorAll("[data-top]")) pane.scrollTo({ top: pane.dataset.top, behavior: "instant" });
  open = find("article")?.dataset.row;
  if (find("desk")?.dataset.left) focusOn(find("desk").dataset.left);
  keepStep();
});

// The same where the browser left the page.
document.addEventListener("click", (event) => {
  const row = event.target.closest(".row-title a")?.closest(".row");
  if (row) history.replaceState({ ...history.state, row: row.id }, "");
});
if (performance.getEntriesByType("navigation")[0]?.type === "back_forward" && history.state?.row) {
  find(history.state.row)?.querySelector(".row-title a")?.focus({ preventScroll: true });
}

// A search that fits into no address is not sent: a server would refuse it unread.
document.addEventListener("input", ({ target }) => {
  if (!target.dataset.room) return;
  const size = new URLSearchParams({ q: target.value }).toString().length - 2;
  const most = Math.floor(([...target.value].length * target.dataset.room) / size);
  target.setCustomValidity(size > target.dataset.room ? target.dataset.tooLong.replace("{most}", most) : "");
});

// What went wrong is told: a page of the server's own, or a line where there is none to go to.
document.addEventListener("htmx:responseError", ({ detail }) => {
  if (detail.requestConfig.headers[BESIDE]) return;
  if (detail.requestConfig.verb === "get") location.assign(detail.pathInfo.finalRequestPath); // with the fields of a form
  else tell("refused");
});
document.addEventListener("htmx:sendError", ({ detail }) => { if (!detail.requestConfig.headers[BESIDE]) tell("offline"); });

function tell(what) {
  const line = find("announcement");
  line.textContent = line.dataset[what];
  line.classList.add("is-shown");
  setTimeout(() => line.classList.remove("is-shown"), 6000);
}

// Settings change at once; the server reads the same cookies with the next page.
document.addEventListener("submit", (event) => {
  const { name, value } = event.submitter ?? {};
  if (!event.target.matches("[data-preferences]") || !name) return;
  event.preventDefault();
  remember(name, value);
  root.dataset[name] = value;
  for (const button of event.target.querySelectorAll(`[name=${name}]`)) {
    button.setAttribute("aria-pressed", String(button.value === value));
  }
  keepStep();
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
