// SPDX-License-Identifier: EUPL-1.2
// Opens the app without a network. It keeps one complete version of the site: the build writes in which files that is.
// Nothing of a person passes through here: what begins with /api is never looked at, let alone kept.
//
// With a network a page always comes from there, so that everybody has the newest version; the files that it names have
// a hash in their names, so that no two versions mix. Without one the page of the version that is kept is shown.

const VERSION = 'site-{{service-worker:version}}';
const FILES = {{service-worker:files}};
const HOME = '/';
// Every page but the first has the same shell; it is kept under this address.
const SHELL = '/aiuto';
// The page of this very version names this file.
const MARK = '{{start.js}}';
// A network that does not answer is no network.
const PATIENCE = 4000;

self.addEventListener('install', event => event.waitUntil(keep()));
self.addEventListener('activate', event => event.waitUntil(takeOver()));
self.addEventListener('fetch', event => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin || url.pathname.startsWith('/api/')) return;
  if (request.mode === 'navigate') event.respondWith(page(event, url));
  else if (url.pathname.startsWith('/assets/')) event.respondWith(file(request));
});

/** All or nothing: a version of which a file is missing is not installed, and the one before stays. */
async function keep() {
  const cache = await caches.open(VERSION);
  await cache.addAll(FILES);
  await Promise.all([HOME, SHELL].map(async address => {
    const answer = await fetch(address, { cache: 'no-store', credentials: 'omit' });
    const text = await answer.clone().text();
    // The site may have changed since this script was fetched: then the next version is about to come.
    if (!answer.ok || !text.includes(MARK)) throw new Error('another version');
    await cache.put(address, answer);
  }));
}

/**
 * Runs when no page of the version before is open any more: its files can go. It must not turn navigation preload on:
 * that also sends what this script leaves alone, the browser then asks a second time, and the way back from the identity
 * provider holds only once.
 */
async function takeOver() {
  for (const name of await caches.keys()) if (name !== VERSION) await caches.delete(name);
  await self.clients.claim();
}

async function page(event, url) {
  try {
    return await Promise.race([fetch(event.request), late()]);
  } catch {
    const cache = await caches.open(VERSION);
    return (await cache.match(url.pathname === HOME ? HOME : SHELL)) ?? Response.error();
  }
}

function late() {
  return new Promise((_, fail) => setTimeout(() => fail(new Error('no answer')), PATIENCE));
}

/** A hashed name never means anything else, so the first copy found is the right one. */
async function file(request) {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) {
    const cache = await caches.open(VERSION);
    // A device without room goes on without this file.
    await cache.put(request, answer.clone()).catch(() => undefined);
  }
  return answer;
}
