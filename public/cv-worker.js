// SPDX-License-Identifier: EUPL-1.2
// The CV worker: takes { id, call, args }, calls the export of that name, answers { id, ... }.

import start, * as documents from '{{cv/worker.js}}';

const ready = start({ module_or_path: '{{cv/worker.wasm}}' });
const PREVIEWS = ['pages', 'letter_pages'];
let newest;

self.onmessage = async ({ data: { id, call, args } }) => {
  if (PREVIEWS.includes(call)) newest = id;
  try {
    await ready;
    if (PREVIEWS.includes(call)) {
      // Whoever types is faster than paper: what has come in meanwhile is looked at first, and only the newest is drawn.
      await new Promise((next) => setTimeout(next));
      if (id !== newest) return self.postMessage({ id, stale: true });
    }
    const answer = await documents[call](...args);
    const given = [...(answer.pages ?? [])];
    for (const bytes of [answer.pdf, answer.file]) if (bytes) given.push(bytes.buffer);
    self.postMessage({ id, ...answer }, given);
  } catch (problem) {
    self.postMessage({ id, error: String(problem) });
  }
};
