// SPDX-License-Identifier: EUPL-1.2
// The end of a session: announced in time, put off by one press, and when it comes all the same nothing typed is lost.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { ADA, MARIO, SOUND, at, goOn, keepDraft, sound } from "./flow.mjs";
import { arrive, press, tabTo, type } from "./keyboard.mjs";
import { settled, signIn, start } from "./system.mjs";

let system;
before(async () => (system = await start()));
after(() => system?.stop());

/** Ends the session of a page behind its back, as time would. */
async function end(page) {
  const answer = await page.request.post("/api/uscita", { headers: { origin: system.origin } });
  assert.equal(answer.status(), 204);
}

test("two minutes before the end the person is asked, and one press goes on", async () => {
  const page = await system.visit();
  await page.clock.install();
  await signIn(page, MARIO, "/servizi/prova/testi");
  const dialog = page.getByRole("dialog", { name: "Ci sei ancora?" });
  await page.clock.fastForward("12:00");
  assert.equal(await dialog.isVisible(), false);
  await page.clock.fastForward("01:30");
  await dialog.waitFor();
  assert.ok(await dialog.evaluate((element) => element.contains(document.activeElement)), "the focus is in it");
  const renewed = page.waitForResponse((answer) => answer.url().endsWith("/api/sessione/rinnovo"));
  await page.keyboard.press("Enter");
  assert.equal((await renewed).status(), 200);
  await dialog.waitFor({ state: "hidden" });
  await page.clock.fastForward("12:00");
  assert.equal(await dialog.isVisible(), false, "the time began anew");
  await page.context().close();
});

