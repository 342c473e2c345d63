// SPDX-License-Identifier: EUPL-1.2
// Starts the app. It takes `#skeleton` away by itself, once it has drawn the page.

// Whoever was signed in here a moment ago is not shown the way in while the edge is asked: the app tells when it knows.
const awaited = document.documentElement.classList;
try {
  if (localStorage.getItem('accesso') || /(^|; )entrato=/.test(document.cookie)) awaited.add('awaited');
} catch {
  // Where nothing may be kept, nobody is remembered.
}

// What a page needs besides the first part of the app sets out with it, instead of after it. Without this it comes too.
const PARTS = {{parts}};
const PLACES = [
  ['/servizi', 'services'],
  ['/area-personale/appuntamenti', 'booking'],
  ['/area-personale', 'area'],
  ['/appuntamenti', 'booking'],
  ['/uffici', 'offices'],
  ['/sportello', 'desk'],
  ['/cv/', 'cv'],
  ['/cv', 'shelf'],
];
const part = PLACES.find(([place]) => location.pathname.startsWith(place))?.[1];
for (const href of PARTS[part] ?? []) {
  document.head.append(Object.assign(document.createElement('link'), { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href }));
}

try {
  // Not a static import: when this file cannot be had, people should be told as well.
  const { default: start } = await import('{{app.js}}');
  await start({ module_or_path: '{{app.wasm}}' });
} catch (problem) {
  // The reader of this line is a developer; people get the notice, which says what to do.
  console.error(problem);
  awaited.remove('awaited');
  const notice = document.getElementById('no-wasm').content.cloneNode(true);
  document.querySelector('#skeleton > main').replaceWith(notice);
}

// What opens the app without a network comes last: nobody waits for it. Where it is not allowed nothing is missing.
const whenIdle = window.requestIdleCallback ?? (act => setTimeout(act, 2000));
const remember = () => whenIdle(() => navigator.serviceWorker?.register('/service-worker.js').catch(() => undefined));
if (document.readyState === 'complete') remember();
else addEventListener('load', remember);
