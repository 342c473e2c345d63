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

test("every kind of question is answered by keyboard alone, and what is wrong is said at its field", async () => {
  const page = await system.visit();
  await signIn(page, ADA, "/servizi/prova");
  await press(page, page.getByRole("main").getByRole("link", { name: "Inizia" }).first());

  await at(page, "Testi e numeri");
  await refused(page, "Testi e numeri", ["testo", "numero", "importo", "giorno"]);
  // An entry of the index leads to its question.
  await press(page, page.getByRole("alert").getByRole("link").nth(1));
  assert.equal(await page.evaluate(() => document.activeElement.id), "numero");
  await type(page, "Un testo di una riga", "Prova");
  assert.equal(await messages(page), 3, "a message goes when its field is mended, the others stay");
  await type(page, "Un numero da 1 a 10", "0");
  await page.locator('[id="numero-error"]').getByText("da 1 in su").waitFor();
  await type(page, "Un numero da 1 a 10", "3");
  await type(page, "Un importo fino a 1.000 euro", "10,50");
  await typeDay(page, "Un giorno passato", "30", "2", "2026");
  assert.equal(await messages(page), 1);
  await typeDay(page, "Un giorno passato", "31", "1", "2026");
  assert.equal(await messages(page), 0);
  await type(page, "Un testo di più righe", "Prima riga");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Seconda riga");
  await goOn(page);

  await at(page, "Scelte");
  await refused(page, "Scelte", ["poche", "alcune", "tante", "lingue", "si_no"]);
  await chooseRadio(page, "Una di poche voci", "La prima");
  await chooseOption(page, "Una di alcune voci", "Un ramo");
  await search(page, "Una di tante voci", "mag");
  assert.equal(await page.getByRole("combobox", { name: "Una di tante voci" }).inputValue(), "Maggio");
  await tick(page, "Quali lingue parli?", "Italiano");
  await tick(page, "Quali lingue parli?", "Francese");
  await chooseRadio(page, "C'è altro da dire?", "Sì");
  assert.equal(await messages(page), 0);
  // The answer has brought another question.
  await refused(page, "Scelte", ["altro"]);
  await type(page, "Che cosa?", "Niente di che");
  await goOn(page);

  await at(page, "Il ramo in più");
  await refused(page, "Il ramo in più", ["nel_ramo"]);
  await type(page, "Una risposta che vale solo nel ramo", "Nel ramo");
  await goOn(page);

  await at(page, "Luoghi");
  await refused(page, "Luoghi", ["comune", "indirizzo", "cap", "stato"]);
  await search(page, "Un comune", "bolog");
  await type(page, "Via e numero civico", "via Roma 1");
  await type(page, "CAP", "20121");
  await page.locator('[id="cap-error"]').getByText("non è del comune").waitFor();
  await type(page, "CAP", "40121");
  await search(page, "Uno Stato", "turch");
  await goOn(page);

  await at(page, "Contatti");
  await refused(page, "Contatti", ["email", "cellulare", "altra_persona"]);
  await type(page, "Un indirizzo email", "ada@example.com");
  await type(page, "Un numero di cellulare", "333 1234567");
  await type(page, "Il codice fiscale di un'altra persona", "RSSMRA85D41H501X");
  await page.locator('[id="altra_persona-error"]').getByText("L'ultimo carattere").waitFor();
  await type(page, "Il codice fiscale di un'altra persona", "rssmra85d41h501j");
  await goOn(page);

  await at(page, "Persone");
  await refused(page, "Persone", ["persone"]);
  await press(page, page.getByRole("button", { name: "Aggiungi una persona" }));
  await page.waitForFunction(() => document.activeElement?.id === "persone[0].nome");
  await refused(page, "Persone", ["persone[0].nome", "persone[0].ruolo"]);
  await type(page, "Nome", "Ugo");
  await chooseRadio(page, "Chi è per te?", "Figlio o figlia");
  await refused(page, "Persone", ["persone[0].anni"]);
  await type(page, "Quanti anni ha?", "4");
  await goOn(page);

  await at(page, "Un documento");
  await refused(page, "Un documento", ["documento"]);
  await chooseFile(page, "Il file da allegare", PDF);
  await page.getByRole("link", { name: "certificato medico.pdf" }).waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "documento-remove");
  assert.equal(await messages(page), 0);
  await sound(page);
  await goOn(page);

  await at(page, "Dichiarazioni");
  await refused(page, "Dichiarazioni", ["confermo"]);
  await declare(page, "Confermo che sto solo provando il sistema");
  await goOn(page);

  await at(page, "Controlla le tue risposte");
  const answers = await page.getByRole("main").innerText();
  for (const said of [
    "Prova", "Seconda riga", "10,50", "31/01/2026", "La prima", "Un ramo in più", "Maggio", "Italiano, Francese",
    "Niente di che", "Nel ramo", "Bologna (BO)", "40121", "Turchia", "ada@example.com", "Ugo", "Figlio o figlia",
    "certificato medico.pdf",
  ]) {
    assert.ok(answers.includes(said), `the summary says ${said}`);
  }

  // A change from the summary leads back to the summary.
  await press(page, page.getByRole("link", { name: "Modifica Un indirizzo email" }));
  await at(page, "Contatti");
  await type(page, "Un indirizzo email", "nuova@example.com");
  await goOn(page);
  await arrive(page, "Controlla le tue risposte");
  await page.getByText("nuova@example.com").waitFor();

  await press(page, page.getByRole("button", { name: "Invia", exact: true }));
  await arrive(page, "Abbiamo ricevuto la tua richiesta");
  await sound(page);
  const file = page.getByRole("link", { name: "certificato medico.pdf" });
  const kept = await page.request.get(await file.getAttribute("href"));
  assert.deepEqual(await kept.body(), PDF.buffer);
  const receipt = await page.getByRole("link", { name: "Scarica la ricevuta (PDF)" }).getAttribute("href");
  assert.equal((await page.request.get(receipt)).headers()["content-type"], "application/pdf");
  await page.context().close();
});

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

test("a file that cannot be taken is refused before it is sent, and can be taken away again", async () => {
  const page = await system.visit();
  await signIn(page, MARIO, "/aiuto");
  await keepDraft(page, "prova", SOUND);
  await page.goto("/servizi/prova/documento");
  await settled(page);
  let sent = 0;
  page.on("request", (request) => (sent += Number(request.method() === "POST" && request.url().endsWith("/api/file"))));
  const choose = (file) => chooseFile(page, "Il file da allegare", file);
  const message = page.locator('[id="documento-error"]');
  await choose({ ...PDF, name: "pagina.pdf", buffer: Buffer.from("<html>") });
  await message.getByText("non è un PDF").waitFor();
  await choose({ ...PDF, buffer: Buffer.concat([PDF.buffer, Buffer.alloc(1 << 20)]) });
  await message.getByText("può arrivare a 1 MB").waitFor();
  await choose({ ...PDF, buffer: Buffer.alloc(0) });
  await message.getByText("è vuoto").waitFor();
  assert.equal(sent, 0);
  await sound(page);
  await choose(PDF);
  const gone = page.waitForResponse((answer) => answer.request().method() === "DELETE");
  await press(page, page.getByRole("button", { name: "Togli il file certificato medico.pdf" }));
  await page.waitForFunction(() => document.activeElement?.id === "documento");
  await page.waitForFunction(() => document.getElementById("announcer").innerText.startsWith("Tolto"));
  assert.equal((await gone).status(), 204);
  const { body } = await call(page, "GET", "/api/file");
  assert.ok(body.every((file) => file.nome !== PDF.name || file.allegato), "it is gone from the edge as well");
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
