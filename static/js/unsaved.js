// What was typed into a form and not saved is not thrown away unasked: neither where the page is left, nor where an answer takes
// the place of the form. A form asks for that with the question, data-guard; with data-refused, what stands in it was typed
// before, and not saved. Ctrl+Enter saves it.

let given = new WeakSet(); // up: sent, or thrown away by who was asked
let address = location.href; // of the page with the form, for Back to stay there

const hasChanged = (field) => {
  if (field.type === "hidden") return false;
  if (field.options) return field.selectedOptions[0] !== ([...field.options].findLast((one) => one.defaultSelected) ?? field.options[0]);
  return "defaultValue" in field && (field.checked !== field.defaultChecked || field.value !== field.defaultValue);
};
const isUnsaved = (form) => !given.has(form) && ("refused" in form.dataset || [...form.elements].some(hasChanged));
const unsavedIn = (place) => [...document.querySelectorAll("form[data-guard]")].filter((form) => place.contains(form) && isUnsaved(form));

function mayReplace(place, sent) {
  const lost = unsavedIn(place).filter((form) => form !== sent);
  if (lost.length && !confirm(lost[0].dataset.guard)) return false;
  for (const form of lost) given.add(form);
  return true;
}

document.addEventListener("input", ({ target }) => {
  given.delete(target.form);
  address = location.href;
});

// Another list closes the article beside it, too.
document.addEventListener("htmx:confirm", (event) => {
  const { elt, target, etc } = event.detail;
  const place = target?.id === "desk" && !etc?.headers?.["Newsdesk-Beside"] ? target.parentElement : target;
  if (place && !mayReplace(place, elt.form ?? elt)) event.preventDefault();
});
document.addEventListener("discard", (event) => { if (!mayReplace(event.target)) event.preventDefault(); });

addEventListener("popstate", (event) => {
  if (!event.state?.htmx || mayReplace(document)) return;
  event.stopImmediatePropagation();
  history.pushState(event.state, "", address);
}, { capture: true });

addEventListener("submit", (event) => { if (!event.defaultPrevented) given.add(event.target); });
addEventListener("pageshow", () => { given = new WeakSet(); });
addEventListener("beforeunload", (event) => { if (unsavedIn(document).length) event.preventDefault(); });

document.addEventListener("keydown", (event) => {
  const form = event.target.form;
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing || event.repeat || !form?.matches("[data-guard]")) return;
  event.preventDefault();
  (form.querySelector("[data-save]") ?? form.querySelector("button")).click();
});
