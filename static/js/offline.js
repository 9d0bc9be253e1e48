// The last opened articles, kept in this browser for reading offline: loaded only where its reader wishes that. What is
// kept, and when it goes, the service worker says (templates/reader/service-worker.js).

const ARTICLES = "newsdesk-articles";
const ASSETS = "newsdesk-assets";
const workers = navigator.serviceWorker; // only over HTTPS, or from this machine

async function start() {
  await workers.register(`/service-worker.js?language=${document.documentElement.lang}`);
  const { active } = await workers.ready;
  if (!workers.controller && document.getElementById("article")) active.postMessage(location.pathname);
}

async function end() {
  const registration = await workers.getRegistration();
  await registration?.unregister();
  await Promise.all([ARTICLES, ASSETS].map((name) => caches.delete(name)));
}

// On the page that stands in for others: what there is to read.
async function list() {
  const place = document.getElementById("kept");
  if (!place || !await caches.has(ARTICLES)) return;
  const cache = await caches.open(ARTICLES);
  for (const request of (await cache.keys()).reverse()) {
    const page = new DOMParser().parseFromString(await (await cache.match(request, { ignoreVary: true })).text(), "text/html");
    const title = page.getElementById("article-title");
    const item = place.appendChild(document.createElement("li"));
    const link = item.appendChild(document.createElement("a"));
    Object.assign(link, { href: new URL(request.url).pathname, lang: title.lang, dir: "auto", textContent: title.textContent });
    const meta = item.appendChild(document.createElement("p"));
    Object.assign(meta, { className: "fine", textContent: page.querySelector(".kicker bdi")?.textContent ?? "" });
  }
  place.closest("section").hidden = !place.childElementCount;
}

if (workers) {
  start();
  list();
  document.addEventListener("submit", ({ submitter }) => {
    if (submitter?.name === "offline") (submitter.value === "on" ? start : end)();
  });
}
