// SPDX-License-Identifier: EUPL-1.2
// The network goes away in the middle: the questions go on, sending says that nothing was sent, and it is sent later.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { arrive, chooseRadio, declare, press, type } from "./keyboard.mjs";
import { settled, signIn, start } from "./system.mjs";

const ADA_FO = "FOXDAA00B69A944O";

/** Answered before, on another device; what is missing the registry knows. */
const DRAFT = {
  versione: 1,
  cambiata_il: Date.now(),
  risposte: {
    scopo: "lavoro",
    condizione: "privo_di_impiego",
    iscritto_corso: "no",
    ha_lavorato: "no",
    mesi_ricerca: "3",
    condizione_un_anno_prima: "studente",
  },
};

let system;
before(async () => (system = await start()));
after(() => system?.stop());

test("without a network the DID goes on, is not said to be sent, and is sent when the network is back", async () => {
  const page = await system.visit();
  const goOn = () => press(page, page.getByRole("button", { name: "Continua" }));
  await signIn(page, ADA_FO, "/aiuto");
  const kept = await page.evaluate(async (draft) => {
    const headers = { "content-type": "application/json" };
    return (await fetch("/api/bozze/did", { method: "PUT", headers, body: JSON.stringify(draft) })).status;
  }, DRAFT);
  assert.ok(kept < 300, `the draft is kept: ${kept}`);

  await page.goto("/servizi/did");
  await settled(page);
  await press(page, page.getByRole("main").getByRole("link", { name: "Riprendi da dove eri" }).first());
  await arrive(page, "Tu e la tua famiglia");

  await page.context().setOffline(true);
  await chooseRadio(page, "Da quanto tempo vivi in Italia?", "Sono nato o nata in Italia");
  await type(page, "Quante persone siete in famiglia, contando te?", "2");
  await chooseRadio(page, "Hai figli che vivono con te o che mantieni?", "No");
  await chooseRadio(page, "Hai una patente di guida?", "No");
  await page.getByText("Salvato su questo dispositivo").waitFor();
  await goOn();
  await arrive(page, "Le tue dichiarazioni");
  await declare(page, "Dichiaro che posso iniziare subito");
  await declare(page, "So che un lavoro come dipendente");
  await declare(page, "So che posso perdere la disoccupazione");
  await goOn();
  await arrive(page, "Controlla le tue risposte");
  await press(page, page.getByRole("button", { name: "Invia", exact: true }));
  await page.getByRole("heading", { name: "In attesa di rete: non è ancora inviata" }).waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "alert");

  await page.context().setOffline(false);
  await arrive(page, "Abbiamo ricevuto la tua richiesta");
  assert.match(await page.getByRole("main").innerText(), /\d{7}\/\d{4}/);
  await page.context().close();
});
