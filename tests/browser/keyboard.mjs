// SPDX-License-Identifier: EUPL-1.2
// Hands that know only a keyboard: they reach a control with the Tab key and answer as people without a mouse do.

import assert from "node:assert/strict";

const MOST_TABS = 60;

const hasFocus = (control) => control.evaluate((element) => element === document.activeElement);

/** Presses Tab until the control has the focus. */
export async function tabTo(page, control) {
  await control.waitFor();
  for (let presses = 0; presses < MOST_TABS; presses += 1) {
    if (await hasFocus(control)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`the Tab key does not reach ${control}`);
}

/** Chooses one of the radios of a question, by arrows. */
export async function chooseRadio(page, question, answer) {
  const radios = page.getByRole("group", { name: question }).getByRole("radio");
  const wanted = page.getByRole("group", { name: question }).getByRole("radio", { name: answer });
  const values = await radios.evaluateAll((all) => all.map((radio) => radio.value));
  const steps = values.indexOf(await wanted.getAttribute("value"));
  await tabTo(page, radios.first());
  for (let step = 0; step < steps; step += 1) await page.keyboard.press("ArrowDown");
  if (steps === 0) await page.keyboard.press("Space");
  assert.ok(await wanted.isChecked(), `${question}: ${answer} is chosen`);
}

/** Chooses an entry of a native list by typing how it begins. */
export async function chooseOption(page, question, answer) {
  const list = page.getByRole("combobox", { name: question });
  await tabTo(page, list);
  await page.keyboard.type(answer);
  const chosen = await list.evaluate((element) => element.selectedOptions[0].label);
  assert.ok(chosen.startsWith(answer), `${question}: ${answer} is chosen, not ${chosen}`);
}

/** Types an answer in place of what is there. */
export async function type(page, question, answer) {
  const box = page.getByRole("textbox", { name: question });
  await tabTo(page, box);
  await page.keyboard.press("Control+A");
  await page.keyboard.type(answer);
}

/** Searches in a list by its first letters and takes the first entry found. */
export async function search(page, question, letters) {
  const box = page.getByRole("combobox", { name: question });
  await tabTo(page, box);
  await page.keyboard.press("Control+A");
  await page.keyboard.type(letters);
  // Its own list: a `select` beside it has options as well.
  await page.getByRole("listbox", { name: question }).getByRole("option").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
}

/** Ticks one of the boxes of a question. */
export async function tick(page, question, answer) {
  const box = page.getByRole("group", { name: question }).getByRole("checkbox", { name: answer });
  await tabTo(page, box);
  await page.keyboard.press("Space");
}

/** Types a day into its three boxes. */
export async function typeDay(page, question, day, month, year) {
  const boxes = page.getByRole("group", { name: question });
  for (const [name, text] of [["Giorno", day], ["Mese", month], ["Anno", year]]) {
    await tabTo(page, boxes.getByRole("textbox", { name }));
    await page.keyboard.press("Control+A");
    await page.keyboard.type(text);
  }
}

/** Chooses a file: the key opens the chooser of the system, where the browser stands in for it. */
export async function chooseFile(page, question, file) {
  const box = page.locator("input[type=file]");
  assert.equal(await box.evaluate((element) => element.labels[0]?.innerText), question);
  await tabTo(page, box);
  const chooser = page.waitForEvent("filechooser");
  await page.keyboard.press("Space");
  await (await chooser).setFiles(file);
}

/** Makes a declaration. */
export async function declare(page, sentence) {
  const box = page.getByRole("checkbox", { name: sentence });
  await tabTo(page, box);
  await page.keyboard.press("Space");
  assert.ok(await box.isChecked());
}

/** Presses a button or follows a link. */
export async function press(page, control) {
  await tabTo(page, control);
  await page.keyboard.press("Enter");
}

/** Waits for a page by its title and for the focus on it: there the keyboard goes on. */
export async function arrive(page, title) {
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  await page.waitForFunction(() => document.activeElement === document.querySelector("main h1"));
}
