// SPDX-License-Identifier: EUPL-1.2
// Every kind of question, with no mouse: answered, refused, mended, changed; and a file with its ways.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { ADA, MARIO, PDF, SOUND, at, call, goOn, keepDraft, keepFile, messages, refused, sound } from "./flow.mjs";
import {
  arrive, chooseFile, chooseOption, chooseRadio, declare, press, search, tabTo, tick, type, typeDay,
} from "./keyboard.mjs";
import { settled, signIn, start } from "./system.mjs";

let system;
before(async () => (system = await start()));
after(() => system?.stop());

test("items are added, changed and taken away", async () => {
  const page = await system.visit();
  await signIn(page, MARIO, "/aiuto");
  await keepDraft(page, "prova", SOUND);
  await page.goto("/servizi/prova/persone");
  await settled(page);
  const add = page.getByRole("button", { name: "Aggiungi una persona" });
  const second = page.getByRole("group", { name: "Persona 2" });
  await press(page, add);
  await page.waitForFunction(() => document.activeElement?.id === "persone[1].nome");
  await page.keyboard.type("Ida");
  await tabTo(page, second.getByRole("radio").first());
  await page.keyboard.press("ArrowDown");
  assert.ok(await second.getByRole("radio", { name: "Marito o moglie" }).isChecked());
  assert.equal(await second.getByRole("textbox", { name: "Quanti anni ha?" }).count(), 0);
  await press(page, add);
  assert.equal(await add.count(), 0, "three are the most");
  await sound(page);
  await press(page, page.getByRole("button", { name: "Togli Persona 3" }));
  await page.waitForFunction(() => document.activeElement?.id === "persone");
  await press(page, page.getByRole("button", { name: "Togli Persona 1: Ugo" }));
  await page.getByText("Salvato anche nel tuo spazio personale").waitFor();
  const { body } = await call(page, "GET", "/api/bozze/prova");
  assert.deepEqual(body.risposte.persone, [{ nome: "Ida", ruolo: "coniuge" }]);
  await page.reload();
  await settled(page);
  assert.equal(await page.getByRole("textbox", { name: "Nome" }).inputValue(), "Ida");
  await page.context().close();
});

test("back, forward, reload and addresses keep to the path, and every answer stays", async () => {
  const page = await system.visit();
  await signIn(page, MARIO, "/aiuto");
  await keepDraft(page, "prova", { ...SOUND, documento: await keepFile(page) });
  const title = async () => (await page.getByRole("heading", { level: 1 }).innerText()).trim();
  const steps = ["testi", "scelte", "luoghi", "contatti", "persone", "documento", "dichiarazioni", "riepilogo"];
  const before = (await call(page, "GET", "/api/bozze/prova")).body.risposte;
  const titles = [];
  for (const step of steps) {
    await page.goto(`/servizi/prova/${step}`);
    await settled(page);
    const first = await title();
    await page.reload();
    await settled(page);
    assert.equal(await title(), first);
    assert.ok(page.url().endsWith(`/${step}`), "a step that can be reached opens by its address");
    titles.push(first);
  }
  assert.deepEqual((await call(page, "GET", "/api/bozze/prova")).body.risposte, before);

  // A step of a branch that was not taken, and a page that is not there yet, lead to where one has to go on.
  await page.goto("/servizi/prova/ramo");
  await arrive(page, "Controlla le tue risposte");
  await page.goto("/servizi/prova/testi");
  await settled(page);
  await type(page, "Un numero da 1 a 10", "11");
  await page.getByText("Salvato anche nel tuo spazio personale").waitFor();
  await page.goto("/servizi/prova/riepilogo");
  await page.getByRole("heading", { level: 1, name: "Testi e numeri" }).waitFor();
  assert.ok(page.url().endsWith("/testi"));
  await type(page, "Un numero da 1 a 10", "3");

  await goOn(page);
  await arrive(page, "Scelte");
  await goOn(page);
  await arrive(page, "Luoghi");
  await page.goBack();
  await arrive(page, "Scelte");
  await page.goBack();
  await arrive(page, "Testi e numeri");
  assert.equal(await page.getByRole("textbox", { name: "Un testo di più righe" }).inputValue(), SOUND.testo_lungo);
  await page.goForward();
  await arrive(page, "Scelte");
  assert.ok(await page.getByRole("checkbox", { name: "Francese" }).isChecked());
  await page.context().close();
});

test("what an abandoned branch held is not sent", async () => {
  const page = await system.visit();
  await signIn(page, MARIO, "/aiuto");
  const documento = await keepFile(page);
  const branch = { alcune: "ramo", nel_ramo: "vecchia", si_no: "si", altro: "vecchia" };
  await keepDraft(page, "prova", { ...SOUND, ...branch, documento });
  await page.goto("/servizi/prova/scelte?da=riepilogo");
  await settled(page);
  await chooseOption(page, "Una di alcune voci", "Verde");
  await chooseRadio(page, "C'è altro da dire?", "No");
  await goOn(page);
  await arrive(page, "Controlla le tue risposte");
  assert.ok(!(await page.getByRole("main").innerText()).includes("vecchia"));
  const sent = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/api/pratiche"));
  await press(page, page.getByRole("button", { name: "Invia", exact: true }));
  const { risposte } = (await sent).postDataJSON();
  assert.deepEqual(
    [risposte.alcune, risposte.nel_ramo, risposte.si_no, risposte.altro, risposte.importo, risposte.cellulare],
    ["verde", undefined, "no", undefined, "10.50", "+393331234567"],
  );
  await arrive(page, "Abbiamo ricevuto la tua richiesta");
  await page.context().close();
});

test("the way out says why, and lets one change the answer", async () => {
  const page = await system.visit();
  await signIn(page, MARIO, "/aiuto");
  await keepDraft(page, "prova", SOUND);
  await page.goto("/servizi/prova/scelte");
  await settled(page);
  await chooseRadio(page, "Una di poche voci", "Nessuna: esco");
  await goOn(page);
  await at(page, "Qui si esce");
  await press(page, page.getByRole("link", { name: "Cambia la risposta" }));
  await arrive(page, "Scelte");
  await page.context().close();
});

test("without a network a file waits for one more try, and the other answers stay", async () => {
  const page = await system.visit();
  await signIn(page, MARIO, "/aiuto");
  await keepDraft(page, "prova", SOUND);
  await page.goto("/servizi/prova/documento");
  await settled(page);
  await page.context().setOffline(true);
  await chooseFile(page, "Il file da allegare", PDF);
  await page.getByRole("alert").getByText("il file non è stato caricato").waitFor();
  await sound(page);
  await page.context().setOffline(false);
  await press(page, page.getByRole("button", { name: "Riprova a caricare" }));
  await page.getByRole("link", { name: PDF.name }).waitFor();
  await page.getByText("Salvato anche nel tuo spazio personale").waitFor();
  await page.reload();
  await settled(page);
  await page.getByRole("link", { name: PDF.name }).waitFor();
  // Thrown away on another device: it is asked for again.
  const { body } = await call(page, "GET", "/api/file");
  const loose = body.find((file) => file.nome === PDF.name && !file.allegato);
  await call(page, "DELETE", `/api/file/${loose.id}`);
  await page.reload();
  await page.locator('[id="documento-error"]').getByText("non c'è più").waitFor();
  assert.equal(await page.locator("input[type=file]").count(), 1);
  await page.context().close();
});
