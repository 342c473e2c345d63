// SPDX-License-Identifier: EUPL-1.2
// Starts the app, and takes the first picture of the page away once the app has drawn its own.

try {
  // Not a static import: when this file cannot be had, people should be told as well.
  const { default: start } = await import('{{app.js}}');
  await start({ module_or_path: '{{app.wasm}}' });
  document.getElementById('skeleton').remove();
} catch (problem) {
  // The reader of this line is a developer; people get the notice, which says what to do.
  console.error(problem);
  const notice = document.getElementById('no-wasm').content.cloneNode(true);
  document.querySelector('#skeleton > main').replaceWith(notice);
}
