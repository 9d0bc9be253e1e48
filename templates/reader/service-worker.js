{% load static %}// Version {{ version }}
// Keeps the articles that were opened last, whole pages only, and answers with them where the server does not. It is there
// only while its reader wants it: a page that does not say so (data-offline) ends it, and all that it kept.

const ARTICLES = "newsdesk-articles";
const ASSETS = "newsdesk-assets";
const OFFLINE = "{% url 'offline' %}";
const MOST = {{ most }};
const NOTE = '<p class="told kept-note" role="status">{{ note|escapejs }}</p>';

const isArticle = (path) => /^\/articles\/\d+\/$/.test(path);
const isAsset = (path) => path.startsWith("{% get_static_prefix %}");
const isSigning = (path) => /\/(login|logout)\/$/.test(path);
const isPage = (response) => response.ok && !response.redirected && /^text\/html/.test(response.headers.get("Content-Type"));
const readerOf = (html) => /<html[^>]* data-reader="(\d*)"/.exec(html)?.[1];
const find = (path, cacheName) => caches.match(path, { cacheName, ignoreVary: true });

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(fetch(OFFLINE).then((response) => keep(OFFLINE, response)));
});
self.addEventListener("activate", (event) => event.waitUntil(Promise.all([self.clients.claim(), sweep()])));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (origin !== self.location.origin) return;
  // Who signs in or out leaves nothing to the next.
  if (request.method === "POST" && isSigning(pathname)) event.waitUntil(caches.delete(ARTICLES));
  if (request.method !== "GET") return;
  if (isAsset(pathname)) event.respondWith(fetch(request).catch(() => find(pathname, ASSETS).then((kept) => kept ?? Response.error())));
  else if (request.mode === "navigate") event.respondWith(answerPage(event, pathname, search));
  else if (request.headers.has("HX-Request") && isArticle(pathname)) event.respondWith(answerPart(event, pathname, search));
});

// An article that was open before the worker was there.
self.addEventListener("message", (event) => event.waitUntil(fetch(event.data).then((page) => look(page, event.data, ""))));

async function answerPage(event, path, search) {
  try {
    const response = await fetch(event.request);
    event.waitUntil(look(response.clone(), path, search));
    return response;
  } catch {
    const kept = isArticle(path) && await find(path, ARTICLES);
    if (!kept) return await find(OFFLINE, ASSETS) ?? Response.error();
    const html = await kept.text();
    return new Response(html.replace(/<main [^>]*>/, (main) => main + NOTE), { headers: kept.headers });
  }
}

// A part of a page is never kept: the page that it is of is asked for, once the part has come. Offline, the browser goes to
// the page.
async function answerPart(event, path, search) {
  try {
    const response = await fetch(event.request);
    if (response.ok) event.waitUntil(fetch(path + search).then((page) => look(page, path, search)));
    return response;
  } catch (error) {
    if (!await find(path, ARTICLES)) throw error;
    return new Response("", { headers: { "HX-Redirect": path + search } });
  }
}

// What the server answered: is it to be kept, or to be kept no longer?
async function look(response, path, search) {
  if (!isPage(response)) {
    if (isArticle(path) && response.status < 500) await (await caches.open(ARTICLES)).delete(path);
    return;
  }
  const html = await response.clone().text();
  if (!/<html[^>]* data-offline="on"/.test(html)) {
    if (html.includes(" data-keymap=")) await end();
    return;
  }
  await clearFor(readerOf(html));
  if (isArticle(path) && !new URLSearchParams(search).has("raw")) await keep(path, response);
}

// What another opened goes: a session may end without signing out.
async function clearFor(reader) {
  if (!await caches.has(ARTICLES)) return;
  const [kept] = await (await caches.open(ARTICLES)).matchAll();
  if (kept && readerOf(await kept.text()) !== reader) await caches.delete(ARTICLES);
}

// The last opened comes last; the first go.
async function keep(path, response) {
  if (!isPage(response)) return;
  const cache = await caches.open(isArticle(path) ? ARTICLES : ASSETS);
  await cache.delete(path);
  await cache.put(path, response.clone());
  await reach(findAssets(await response.text()));
  const articles = await caches.open(ARTICLES);
  const kept = await articles.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - MOST)).map((request) => articles.delete(request)));
}

const findAssets = (html) => [...html.matchAll(/(?:href|src)="([^"?#]+)"/g)].map((found) => found[1]).filter(isAsset);

// Keeps styles and scripts, and what modules import; tells which they are.
async function reach(paths, reached = new Set()) {
  const cache = await caches.open(ASSETS);
  for (const path of paths) {
    if (reached.has(path)) continue;
    reached.add(path);
    const response = await find(path, ASSETS) ?? await fetch(path);
    if (!response.ok) continue;
    await cache.put(path, response.clone());
    if (!path.endsWith(".js")) continue;
    const imports = (await response.text()).matchAll(/\bimport\s*(?:[\w{}*,$\s]+\bfrom\s*)?["']([^"']+)["']/g);
    await reach([...imports].map((found) => new URL(found[1], self.location.origin + path).pathname).filter(isAsset), reached);
  }
  return reached;
}

// With a new version: the styles and scripts that no kept page uses go.
async function sweep() {
  const [articles, assets] = await Promise.all([caches.open(ARTICLES), caches.open(ASSETS)]);
  const pages = [...await articles.matchAll(), ...await assets.matchAll(OFFLINE)];
  const texts = await Promise.all(pages.map((page) => page.text()));
  const used = await reach(texts.flatMap(findAssets), new Set([OFFLINE]));
  for (const request of await assets.keys()) if (!used.has(new URL(request.url).pathname)) await assets.delete(request);
}

async function end() {
  await Promise.all([ARTICLES, ASSETS].map((name) => caches.delete(name)));
  await self.registration.unregister();
}
