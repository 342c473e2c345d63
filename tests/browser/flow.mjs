// SPDX-License-Identifier: EUPL-1.2
// What tests of the trial form share: sound answers, and the ways to put them there without typing.

import assert from "node:assert/strict";

import { barriers } from "./axe.mjs";
import { arrive, press } from "./keyboard.mjs";
import { nothingOnItsWay } from "./system.mjs";

export const ADA = "FOXDAA00B69A944O";
export const MARIO = "RSSMRA89T13F205B";

/** A small PDF; nobody has to open it. */
export const PDF = { name: "certificato medico.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\nprova\n") };

/** Answers that lead to the summary, but for the file. */
export const SOUND = {
  testo: "Prova",
  testo_lungo: "Prima riga\nSeconda riga",
  numero: "3",
  importo: "10,50",
  giorno: "2026-01-31",
  poche: "uno",
  alcune: "rosso",
  tante: "maggio",
  lingue: ["it", "fr"],
  si_no: "no",
  comune: "A944",
  indirizzo: "via Roma 1",
  cap: "40121",
  stato: "000",
  email: "ada@example.com",
  cellulare: "333 1234567",
  altra_persona: "RSSMRA85D41H501J",
  persone: [{ nome: "Ugo", ruolo: "figlio", anni: "4" }],
  confermo: "si",
};

/** The answers of a DID of somebody out of work. */
export const DID = {
  scopo: "lavoro",
  condizione: "privo_di_impiego",
  cittadinanza: "000",
  residenza_comune: "A944",
  residenza_indirizzo: "Via Roma 1",
  residenza_cap: "40121",
  email: "prova@example.com",
  cellulare: "3331234567",
  titolo_studio: "diploma",
  iscritto_corso: "no",
  ha_lavorato: true,
  mesi_da_ultimo_lavoro: 3,
  posizione_ultimo_lavoro: "impiegato",
  mesi_ricerca: 2,
  condizione_un_anno_prima: "occupato",
  presenza_italia: "nascita",
  componenti_nucleo: 2,
  figli_a_carico: false,
  patente: true,
  disponibilita_immediata: true,
  conosce_sospensione: true,
  conosce_decadenza: true,
};

/** Calls the edge from the page, as the app does. */
export async function call(page, method, path, body) {
  return page.evaluate(
    async ([method, path, body]) => {
      const headers = body === undefined ? {} : { "content-type": "application/json" };
      const answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
      const text = await answer.text();
      return { status: answer.status, body: text ? JSON.parse(text) : null };
    },
    [method, path, body],
  );
}

/** Keeps a file on the edge and gives back its id. */
export async function keepFile(page) {
  const { status, id } = await page.evaluate(async () => {
    const headers = { "content-type": "application/pdf", "content-disposition": "attachment; filename=carta.pdf" };
    const answer = await fetch("/api/file", { method: "POST", headers, body: "%PDF-1.7\n" });
    return { status: answer.status, id: (await answer.json()).id };
  });
  assert.equal(status, 201);
  return id;
}

/** Puts a draft on the edge, as if it had been written on another device. */
export async function keepDraft(page, service, risposte, changed = Date.now(), versione = 1) {
  const draft = { versione, risposte, cambiata_il: changed };
  const { status } = await call(page, "PUT", `/api/bozze/${service}`, draft);
  assert.equal(status, 204);
}

/** Waits for a step: its title has the focus, no machine finds a barrier, and it fits into 320 pixels. */
export async function at(page, title) {
  await arrive(page, title);
  await sound(page);
}

/** No barrier that a machine can find, and no scrolling sideways on the smallest phone. */
export async function sound(page) {
  await nothingOnItsWay(page);
  assert.deepEqual(await barriers(page), []);
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  await page.setViewportSize(before);
  assert.ok(width <= 320, `scrolls sideways at 320 pixels: ${width}`);
}

/** A day so many days from now. */
export const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

export const goOn = (page) => press(page, page.getByRole("button", { name: "Continua" }));

/** Goes on with something wrong: the index of it takes the focus, the title says so, every message is at its field. */
export async function refused(page, title, fields) {
  await goOn(page);
  await page.waitForFunction(() => document.activeElement?.id === "error-summary");
  assert.match(await page.title(), new RegExp(`^Errore: ${title} - `));
  const index = page.getByRole("alert", { name: "Controlla queste risposte" });
  assert.deepEqual(
    await index.getByRole("link").evaluateAll((links) => links.map((link) => link.getAttribute("href").slice(1))),
    fields,
  );
  for (const field of fields) {
    const message = await page.locator(`[id="${field}-error"]`).innerText();
    assert.notEqual(message.trim(), "", `${field} has its message`);
  }
  await sound(page);
}

/** The messages that stand at fields. */
export const messages = (page) => page.locator(".field-error").count();
