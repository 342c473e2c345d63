// SPDX-License-Identifier: EUPL-1.2
// Starts the app, and takes the first picture of the page away once the app has drawn its own.
import init from '{{app.js}}';

const part = id => document.getElementById(id);

try {
  await init({ module_or_path: '{{app.wasm}}' });
  part('skeleton')?.remove();
} catch (problem) {
  // The reader of this line is a developer; people get the notice, which says what to do.
  console.error(problem);
  part('skeleton').querySelector('main').hidden = true;
  part('no-wasm').hidden = false;
}
