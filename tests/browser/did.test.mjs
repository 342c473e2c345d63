// SPDX-License-Identifier: EUPL-1.2
// The DID from its sheet to the protocol, with no mouse: what is wrong is said, what was answered stays.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { barriers } from "./axe.mjs";
import { arrive, chooseOption, chooseRadio, declare, press, search, tabTo, type } from "./keyboard.mjs";
import { settled, signIn, start } from "./system.mjs";

const ADA_FO = "FOXDAA00B69A944O";

let system;
before(async () => (system = await start()));
after(() => system?.stop());

test("the DID is filled in and sent by keyboard alone", async () => {
  const page = await system.visit();
  const goOn = () => press(page, page.getByRole("button", { name: "Continua" }));
  await signIn(page, ADA_FO, "/servizi/did");
  await press(page, page.getByRole("main").getByRole("link", { name: "Inizia" }).first());

  await at(page, "A cosa ti serve la DID?");
  await nothingFilledIn(page, goOn);
  await chooseRadio(page, "Perché vuoi fare la DID?", "Cerco lavoro");
  // The message goes as soon as its reason is gone.
  await page.getByRole("alert", { name: "Controlla queste risposte" }).waitFor({ state: "detached" });
  await goOn();

  await at(page, "La tua situazione oggi");
  assert.match(await page.title(), /^La tua situazione oggi - /);
  await chooseRadio(page, "Quale frase ti descrive meglio?", "Non lavoro");
  await goOn();

  await at(page, "La tua cittadinanza");
  await search(page, "Di quale Stato sei cittadino o cittadina?", "ital");
  assert.equal(await page.getByRole("combobox", { name: "Di quale Stato" }).inputValue(), "Italia");
  await goOn();

  // What the registry knows is there already, and is said to come from there.
  await at(page, "Dove abiti");
  assert.equal(await page.getByRole("combobox", { name: "In quale comune sei residente?" }).inputValue(), "Bologna (BO)");
  assert.match(await page.getByRole("main").innerText(), /Dal registro del lavoro/);
  await goOn();

  await at(page, "Come ti contattiamo");
  await type(page, "Il tuo indirizzo email", "ada.nuova@example.com");
  await page.getByText("Salvato anche nel tuo spazio personale").waitFor();
  await page.reload();
  await settled(page);
  assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), "Come ti contattiamo");
  assert.equal(await page.getByRole("textbox", { name: "Il tuo indirizzo email" }).inputValue(), "ada.nuova@example.com");
  await goOn();

  await at(page, "I tuoi studi");
  await chooseOption(page, "Qual è il tuo titolo di studio più alto?", "Diploma di scuola superiore");
  await chooseOption(page, "Stai frequentando una scuola", "No");
  await goOn();

  await at(page, "Il tuo lavoro fino a oggi");
  await chooseRadio(page, "Hai mai lavorato?", "No");
  await type(page, "Da quanti mesi cerchi lavoro?", "3");
  await chooseRadio(page, "Che cosa facevi un anno fa?", "Studiavo o facevo formazione");
  await goOn();

  await at(page, "Tu e la tua famiglia");
  await chooseRadio(page, "Da quanto tempo vivi in Italia?", "Sono nato o nata in Italia");
  await type(page, "Quante persone siete in famiglia, contando te?", "2");
  await chooseRadio(page, "Hai figli che vivono con te o che mantieni?", "No");
  await chooseRadio(page, "Hai una patente di guida?", "No");
  await goOn();

  await at(page, "Le tue dichiarazioni");
  await declare(page, "Dichiaro che posso iniziare subito");
  await declare(page, "So che un lavoro come dipendente");
  await declare(page, "So che posso perdere la disoccupazione");
  await goOn();

  await at(page, "Controlla le tue risposte");
  const answers = await page.getByRole("main").innerText();
  for (const said of ["Ada Fo", ADA_FO, "Cerco lavoro", "Bologna (BO)", "ada.nuova@example.com"]) {
    assert.ok(answers.includes(said), `the summary says ${said}`);
  }
  await press(page, page.getByRole("button", { name: "Invia", exact: true }));

  await at(page, "Abbiamo ricevuto la tua richiesta");
  assert.match(await page.title(), /^Abbiamo ricevuto la tua richiesta - /);
  const protocol = /\d{7}\/\d{4}/.exec(await page.getByRole("main").innerText())?.[0];
  assert.ok(protocol, "a protocol number is shown");
  const receipt = page.getByRole("link", { name: "Scarica la ricevuta (PDF)" });
  await tabTo(page, receipt);
  const paper = await page.request.get(await receipt.getAttribute("href"));
  assert.equal(paper.headers()["content-type"], "application/pdf");

  await page.goto("/area-personale");
  await settled(page);
  await page.getByRole("main").getByText(protocol).waitFor();
  await page.context().close();
});

/** Waits for a page; it has no barrier that a machine can find. */
async function at(page, title) {
  await arrive(page, title);
  assert.deepEqual(await barriers(page), []);
}

/** Going on with nothing filled in leads to the index of what is wrong, and from there to the question. */
async function nothingFilledIn(page, goOn) {
  await goOn();
  const index = page.getByRole("alert", { name: "Controlla queste risposte" });
  await index.waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "alert");
  assert.match(await page.title(), /^Errore: A cosa ti serve la DID\? - /);
  assert.deepEqual(await barriers(page), []);
  await press(page, index.getByRole("link").first());
  const focused = await page.evaluate(() => document.activeElement.getAttribute("type"));
  assert.equal(focused, "radio", "the entry leads to the question");
}
