// SPDX-License-Identifier: EUPL-1.2
// The question at the end of a service, in the words and with the names that national checkers look for.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { ADA, SOUND, call, keepFile, sound } from "./flow.mjs";
import { press, tabTo } from "./keyboard.mjs";
import { settled, signIn, start } from "./system.mjs";

let system;
before(async () => (system = await start()));
after(() => system?.stop());

const texts = (page, name) => page.locator(`[data-element="${name}"]`).allInnerTexts();

test("after a service people say how easy it was, by keyboard", async () => {
  const page = await system.visit();
  await signIn(page, ADA, "/aiuto");
  const documento = await keepFile(page);
  const { body } = await call(page, "POST", "/api/pratiche", { servizio: "prova", risposte: { ...SOUND, documento } });
  await page.goto(`/area-personale/pratiche/${body.id}?inviata=1`);
  await settled(page);
  assert.deepEqual(await texts(page, "feedback-title"), ["Quanto è stato facile usare questo servizio?"]);
  const stars = page.getByRole("group", { name: "Valuta da 1 a 5 stelle" }).getByRole("radio");
  assert.deepEqual(await stars.evaluateAll((all) => all.map((star) => star.value)), ["1", "2", "3", "4", "5"]);
  await tabTo(page, stars.first());
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  assert.deepEqual(await texts(page, "feedback-rating-question"), ["Dove hai incontrato le maggiori difficoltà?"]);
  assert.deepEqual(await texts(page, "feedback-rating-answer"), [
    "A volte le indicazioni non erano chiare",
    "A volte le indicazioni non erano complete",
    "A volte non capivo se stavo procedendo correttamente",
    "Ho avuto problemi tecnici",
    "Altro",
  ]);
  assert.equal(await page.locator('[data-element="feedback-rating-negative"]').count(), 1);
  await sound(page);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.locator('[data-element="feedback-rating-negative"]').count(), 0);
  assert.deepEqual(await texts(page, "feedback-rating-question"), ["Quali sono stati gli aspetti che hai preferito?"]);
  assert.deepEqual(await texts(page, "feedback-rating-answer"), [
    "Le indicazioni erano chiare",
    "Le indicazioni erano complete",
    "Capivo sempre che stavo procedendo correttamente",
    "Non ho avuto problemi tecnici",
    "Altro",
  ]);
  const box = page.getByRole("checkbox", { name: "Le indicazioni erano chiare" });
  await tabTo(page, box);
  await page.keyboard.press("Space");
  await tabTo(page, page.locator('[data-element="feedback-input-text"]'));
  await page.keyboard.type("Tutto bene");
  await sound(page);
  await press(page, page.getByRole("button", { name: "Invia il parere" }));
  await page.getByText("Grazie, il tuo parere").waitFor();
  const counted = await call(page, "GET", "/api/valutazioni/prova");
  assert.deepEqual(counted.body, { servizio: "prova", totale: 1, stelle: [0, 0, 0, 1, 0], motivi: [["chiare", 1]] });
  await page.context().close();
});

test("the sheet of a service is there for machines as well", async () => {
  const page = await system.visit();
  const said = [];
  page.on("console", (message) => message.text().includes("Content Security Policy") && said.push(message.text()));
  await page.goto("/servizi/did");
  await settled(page);
  const data = JSON.parse(await page.locator('script[type="application/ld+json"]').textContent());
  assert.equal(data["@type"], "GovernmentService");
  assert.equal(data.url, `${system.origin}/servizi/did`);
  assert.equal(data.availableChannel.serviceUrl, `${system.origin}/servizi/did/scopo`);
  assert.ok(data.provider.name && data.description && data.audience.name);
  assert.deepEqual(said, []);
  await page.context().close();
});
