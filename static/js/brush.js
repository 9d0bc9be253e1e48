// The brush of a timeline: a stretch of time is chosen by dragging over the bars, or by two grips that take the arrow
// keys; Enter applies, Escape lets go. Without this file the bars are links, and the dates can be written.

const DRAG = 5; // pixels; less is a click on a bar
const language = document.documentElement.lang || undefined;
const day = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });

const isRightToLeft = () => document.documentElement.dir === "rtl";

function setUp(drawing) {
  const starts = drawing.dataset.starts.split(" ");
  const units = starts.length - 1;
  if (units < 2 || drawing.classList.contains("is-ready")) return;
  drawing.classList.add("is-ready");

  const given = new AbortController(); // so that a page that comes back is not listened to twice
  drawing.addEventListener("brush:down", () => given.abort(), { once: true });
  const listen = (type, handler) => drawing.addEventListener(type, handler, { signal: given.signal });

  const chosen = { from: 0, to: units }; // bars, the last excluded
  const grips = { from: makeGrip(drawing.dataset.from), to: makeGrip(drawing.dataset.to) };
  const shade = document.createElement("div");
  shade.className = "brushed";
  shade.hidden = true;
  drawing.append(shade, grips.from, grips.to);
  let drag = null;

  const lastDay = (at) => new Date(Date.parse(starts[at]) - 864e5).toISOString().slice(0, 10);
  const isWhole = () => chosen.from === 0 && chosen.to === units;

  function show() {
    shade.hidden = isWhole() && !drag;
    shade.style.insetInlineStart = `${(100 * chosen.from) / units}%`;
    shade.style.insetInlineEnd = `${100 - (100 * chosen.to) / units}%`;
    tell(grips.from, chosen.from, 0, chosen.to - 1, starts[chosen.from]);
    tell(grips.to, chosen.to, chosen.from + 1, units, lastDay(chosen.to));
  }

  function tell(grip, at, least, most, date) {
    grip.style.insetInlineStart = `${(100 * at) / units}%`;
    grip.ariaValueNow = String(at);
    grip.ariaValueMin = String(least);
    grip.ariaValueMax = String(most);
    grip.ariaValueText = day.format(new Date(date));
  }

  function apply() {
    if (isWhole()) return;
    const url = new URL(drawing.dataset.brush, location.href);
    url.searchParams.set("published_after", starts[chosen.from]);
    url.searchParams.set("published_before", lastDay(chosen.to));
    const address = url.pathname + url.search;
    if (document.getElementById("desk")) htmx.ajax("GET", address, { target: "#desk", source: drawing });
    else location.assign(address);
  }

  function letGo() {
    drag = null;
    drawing.classList.remove("is-brushing");
    Object.assign(chosen, { from: 0, to: units });
    show();
  }

  function unitAt(event) {
    const box = drawing.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    return Math.min(units, Math.max(0, units * (isRightToLeft() ? 1 - share : share)));
  }

  listen("pointerdown", (event) => {
    if (event.button || !event.isPrimary) return;
    const grip = event.target.closest(".grip");
    drag = { x: event.clientX, start: unitAt(event), moved: false, edge: grip && (grip === grips.from ? "from" : "to") };
  });

  listen("pointermove", (event) => {
    if (!drag) return;
    if (!drag.moved && Math.abs(event.clientX - drag.x) < DRAG) return;
    if (!drag.moved) drawing.setPointerCapture(event.pointerId);
    drag.moved = true;
    drawing.classList.add("is-brushing");
    const at = unitAt(event);
    if (drag.edge === "from") chosen.from = Math.min(Math.round(at), chosen.to - 1);
    else if (drag.edge === "to") chosen.to = Math.max(Math.round(at), chosen.from + 1);
    else {
      chosen.from = Math.min(units - 1, Math.floor(Math.min(at, drag.start)));
      chosen.to = Math.max(chosen.from + 1, Math.ceil(Math.max(at, drag.start)));
    }
    show();
  });

  listen("pointerup", () => {
    const moved = drag?.moved;
    drag = null;
    drawing.classList.remove("is-brushing");
    if (!moved) return;
    show();
    addEventListener("click", stop, { capture: true, once: true }); // the end of a drag is no click on the bar there
    setTimeout(() => removeEventListener("click", stop, { capture: true }));
    apply();
  });

  listen("pointercancel", letGo);
  listen("dragstart", (event) => event.preventDefault()); // bars are links, which would go along

  listen("keydown", (event) => {
    const edge = event.target === grips.from ? "from" : event.target === grips.to ? "to" : null;
    if (!edge || event.ctrlKey || event.metaKey || event.altKey) return;
    const forward = isRightToLeft() ? -1 : 1;
    const steps = { ArrowRight: forward, ArrowLeft: -forward, ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10, Home: -units, End: units };
    if (event.code in steps) {
      const [least, most] = edge === "from" ? [0, chosen.to - 1] : [chosen.from + 1, units];
      chosen[edge] = Math.min(most, Math.max(least, chosen[edge] + steps[event.code]));
      drawing.classList.add("is-brushing");
      show();
    } else if (event.code === "Enter" || event.code === "NumpadEnter" || event.code === "Space") apply();
    else if (event.code === "Escape") letGo();
    else return;
    event.preventDefault();
  });

  show();
}

function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function makeGrip(label) {
  const grip = document.createElement("div");
  grip.className = "grip";
  grip.tabIndex = 0;
  grip.role = "slider";
  grip.ariaLabel = label;
  return grip;
}

// htmx keeps pages as text, and the policy for contents forbids styles in text: so a kept page has no brush.
function takeDown() {
  for (const drawing of document.querySelectorAll(".is-ready[data-brush]")) {
    drawing.dispatchEvent(new Event("brush:down"));
    drawing.querySelectorAll(".grip, .brushed").forEach((part) => part.remove());
    drawing.classList.remove("is-ready", "is-brushing");
  }
}

const setUpAll = () => document.querySelectorAll("[data-brush]").forEach(setUp);
setUpAll();
document.addEventListener("htmx:beforeHistorySave", takeDown);
document.addEventListener("htmx:afterSettle", setUpAll);
document.addEventListener("htmx:historyRestore", setUpAll);
