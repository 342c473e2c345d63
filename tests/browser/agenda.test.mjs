// SPDX-License-Identifier: EUPL-1.2
// The desk runs its day by keyboard: who comes, who has come, who walks in, what is blocked, a day that closes, figures.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { call, day, sound } from "./flow.mjs";
import { arrive, chooseOption, declare, press, type } from "./keyboard.mjs";
import { signIn, start } from "./system.mjs";

const LUCA = "VRDLCU80A01A944V";
const ADA_FO = "FOXDAA00B69A944O";
const ELENA = "MRCLNE87C58H294E";
const MARIO = "RSSMRA89T13F205B";
const MARIA = "RSSMRA85D41H501J";

let system;
before(async () => (system = await start()));
after(() => system?.stop());

/** Books for a person as that person; gives back the beginning. */
async function booked(codiceFiscale, place) {
  const page = await system.visit();
  await signIn(page, codiceFiscale, "/aiuto");
  const status = await page.evaluate(async (inizio) => {
    const body = JSON.stringify({ servizio: "prima_informazione", sede: "bologna", inizio, modalita: "presenza" });
    const headers = { "content-type": "application/json" };
    return (await fetch("/api/appuntamenti", { method: "POST", headers, body })).status;
  }, place.inizio);
  assert.equal(status, 201);
  await page.context().close();
  return place.inizio;
}

/** Sets the clock of the whole system, and gives back a page whose own clock says the same. */
async function visitAt(instant) {
  const box = new URL(system.origin);
  box.port = String(Number(box.port) + 1);
  const ahead = Math.round((instant - Date.now()) / 1000);
  const answer = await fetch(new URL("/orologio/prova", box), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ avanti_s: ahead }),
  });
  assert.equal(answer.status, 200);
  const page = await system.visit();
  await page.clock.install({ time: instant });
  return page;
}

test("the day of the office is run by keyboard", async () => {
  const visitor = await system.visit();
  const query = `servizio=prima_informazione&sede=bologna&dal=${day(2)}&al=${day(25)}`;
  const places = await (await visitor.request.get(`${system.origin}/api/disponibilita?${query}`)).json();
  await visitor.context().close();
  const morning = places.filter((place) => place.inizio.slice(11, 16) === "10:00");
  const [today, another] = [morning[0], morning[1]];
  const afterwards = places.find((place) => place.inizio.slice(0, 10) === today.inizio.slice(0, 10) && place.inizio.slice(11, 13) >= "12");
  await booked(ADA_FO, today);
  await booked(MARIO, afterwards);
  await booked(MARIA, another);

  const page = await visitAt(Date.parse(today.inizio) + 5 * 60_000);
  await signIn(page, LUCA, "/sportello/agenda");
  await page.getByRole("heading", { level: 1, name: "Agenda dell'ufficio" }).waitFor();
  await page.getByRole("row").filter({ hasText: "Fo Ada" }).waitFor();
  await sound(page);

  // Whoever comes later cannot be marked yet.
  const later1 = page.getByRole("row").filter({ hasText: "Rossi Mario" });
  assert.equal(await later1.getByRole("button").count(), 0);
  await press(page, page.getByRole("button", { name: /^Segna come fatto\s*: Fo Ada/ }));
  await page.getByRole("row").filter({ hasText: "Fo Ada" }).getByText("Fatto", { exact: true }).waitFor();

  await press(page, page.getByRole("button", { name: "Persona senza appuntamento" }));
  await sound(page);
  await press(page, page.getByRole("button", { name: "Registra" }));
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-invalid") === "true");
  await type(page, "Codice fiscale", "SPSGFR70M31F839F");
  await type(page, /^Nome$/, "Gianfranco");
  await type(page, "Cognome", "Esposito");
  await chooseOption(page, "Servizio", "Prima informazione");
  await press(page, page.getByRole("button", { name: "Registra" }));
  await page.getByRole("row").filter({ hasText: "Esposito Gianfranco" }).waitFor();

  await press(page, page.getByRole("link", { name: "Rossi Mario" }));
  await arrive(page, "Rossi Mario");
  await sound(page);
  await type(page, "Nuova nota", "Porta il contratto.");
  await press(page, page.getByRole("button", { name: "Aggiungi la nota" }));
  await page.getByText("Porta il contratto.").first().waitFor();

  await page.goto(`/sportello/agenda?giorno=${another.inizio.slice(0, 10)}`);
  await page.getByRole("row").filter({ hasText: "Rossi Maria" }).waitFor();
  await press(page, page.getByRole("button", { name: "Blocca del tempo" }));
  await chooseOption(page, "Gruppo", "DID e patto");
  await page.getByLabel("Dalle").fill("15:00");
  await page.getByLabel("Alle", { exact: true }).fill("15:30");
  await type(page, "Il motivo", "Riunione");
  // A number that is none blocks nothing, least of all the whole group.
  for (const wrong of ["0", "due"]) {
    await type(page, /^Sportello/, wrong);
    await press(page, page.locator("form").getByRole("button", { name: "Blocca del tempo" }));
    await page.getByText("Scrivi il numero di uno sportello").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), "sportello");
  }
  await type(page, /^Sportello/, "2");
  await sound(page);
  await press(page, page.locator("form").getByRole("button", { name: "Blocca del tempo" }));
  await page.getByRole("listitem").filter({ hasText: /posto 2 · Riunione/ }).waitFor();

  await press(page, page.getByRole("button", { name: "Chiudi il giorno" }));
  await page.getByText("Persone con un appuntamento in questo giorno: 1.").waitFor();
  await type(page, "Il motivo", "Guasto al riscaldamento");
  await declare(page, "Sì, annulla questi appuntamenti e avvisa le persone");
  await press(page, page.locator("form").getByRole("button", { name: "Chiudi il giorno" }));
  await page.getByText("Persone avvisate: 1.").waitFor();
  await press(page, page.getByRole("button", { name: "Torna al giorno" }));
  await page.getByText("Guasto al riscaldamento").first().waitFor();
  await sound(page);
  await press(page, page.getByRole("button", { name: "Riapri il giorno" }));
  await page.getByRole("button", { name: "Chiudi il giorno" }).waitFor();
  assert.equal(await page.getByText("Guasto al riscaldamento").count(), 0);

  for (const [tab, title] of [
    ["Settimana", "Settimana dell'ufficio"],
    ["Posti", "Posti per gruppo"],
    ["Andamento", "Come va l'agenda"],
  ]) {
    await press(page, page.getByRole("navigation", { name: "Viste dell'agenda" }).getByRole("link", { name: tab }));
    await arrive(page, title);
    await sound(page);
  }
  await page.getByRole("img", { name: /Incontri fatti e assenze/ }).waitFor();
  // The days stand in the address: a step back brings those before.
  const from = page.getByLabel("Dal giorno");
  const usual = await from.inputValue();
  await from.fill(today.inizio.slice(0, 10));
  await press(page, page.getByRole("button", { name: "Mostra" }));
  await page.waitForURL(/dal=/);
  await page.goBack();
  await page.waitForFunction((day) => document.querySelector("input[type=date]")?.value === day, usual);
  await page.getByRole("img", { name: /Incontri fatti e assenze/ }).waitFor();
  await page.context().close();

  // Whom the closing concerns has been offered another place, and takes it.
  const maria = await visitAt(Date.parse(today.inizio) + 15 * 60_000);
  await signIn(maria, MARIA, "/area-personale/appuntamenti");
  await maria.getByText("C'è un posto per te: rispondi").first().waitFor();
  await press(maria, maria.locator(".item-list").getByRole("link").first());
  await press(maria, maria.getByRole("button", { name: "Prendi questo posto" }));
  await maria.getByRole("button", { name: "Disdici l'appuntamento" }).waitFor();
  await maria.context().close();
});

test("a summons is confirmed by the person it calls, and is never cancelled", async () => {
  const visitor = await system.visit();
  const query = `servizio=orientamento_base&sede=bologna&dal=${day(5)}&al=${day(40)}`;
  const places = await (await visitor.request.get(`${system.origin}/api/disponibilita?${query}`)).json();
  await visitor.context().close();
  const place = places[10];
  const desk = await visitAt(Date.now());
  await signIn(desk, LUCA, `/sportello/agenda?giorno=${place.inizio.slice(0, 10)}`);
  await press(desk, desk.getByRole("button", { name: "Convoca o prenota per una persona" }));
  await type(desk, "Codice fiscale", "SPSGFR70M31F839F");
  await type(desk, /^Nome$/, "Gianfranco");
  await type(desk, "Cognome", "Esposito");
  await chooseOption(desk, "Servizio", "Orientamento di base");
  await desk.getByLabel("Ora", { exact: true }).fill(place.inizio.slice(11, 16));
  await press(desk, desk.getByRole("button", { name: "Registra" }));
  await desk.getByRole("row").filter({ hasText: "Esposito Gianfranco" }).getByText("Convocazione").waitFor();
  await desk.context().close();

  const page = await system.visit({ viewport: { width: 360, height: 740 } });
  await signIn(page, "SPSGFR70M31F839F", "/area-personale/appuntamenti");
  await press(page, page.getByRole("listitem").filter({ hasText: "Da confermare" }).getByRole("link"));
  await page.getByRole("heading", { name: "Il Centro per l'impiego ti ha convocato" }).waitFor();
  // What absence may cost is said to who receives the NASpI, as this person does.
  await page.getByText("Ricevi la NASpI o la DIS-COLL").waitFor();
  await sound(page);
  assert.equal(await page.getByRole("button", { name: "Disdici l'appuntamento" }).count(), 0);
  await press(page, page.getByRole("button", { name: "Conferma che ci sarai" }));
  await page.getByText("Hai confermato il").waitFor();
  await press(page, page.getByRole("button", { name: "Giustifica l'assenza" }));
  await chooseOption(page, "Perché non puoi venire?", "Malattia");
  await sound(page);
  await press(page, page.getByRole("button", { name: "Invia la giustificazione" }));
  await page.getByText("Hai giustificato l'assenza: Malattia o infortunio documentati.").waitFor();
  await page.context().close();
});

test("the desk changes how many places there are, and moves an appointment", async () => {
  const desk = await visitAt(Date.now());
  const query = `servizio=collocamento_mirato&sede=bologna&dal=${day(5)}&al=${day(40)}`;
  const free = async () => (await desk.request.get(`${system.origin}/api/disponibilita?${query}`)).json();
  const [place, next] = await free();
  const date = place.inizio.slice(0, 10);
  const elena = await system.visit();
  await signIn(elena, ELENA, "/aiuto");
  const { body } = await call(elena, "POST", "/api/appuntamenti", {
    servizio: "collocamento_mirato",
    sede: "bologna",
    inizio: place.inizio,
    modalita: "presenza",
  });

  await signIn(desk, LUCA, `/sportello/agenda?giorno=${date}&vista=capienza`);
  await sound(desk);
  const row = desk.getByRole("row").filter({ has: desk.getByRole("rowheader", { name: "Collocamento mirato" }) });
  await row.getByText("Nessuna").waitFor();
  await chooseOption(desk, "Gruppo", "Collocamento mirato");
  await press(desk, desk.getByRole("button", { name: "Salva" }));
  await desk.getByText("Scrivi un numero da 0 a 64.").waitFor();
  await desk.getByRole("spinbutton", { name: "Posti" }).fill("99");
  await desk.getByLabel("Dal giorno", { exact: true }).fill(date);
  await desk.getByLabel("Al giorno", { exact: true }).fill(date);
  await press(desk, desk.getByRole("button", { name: "Salva" }));
  await desk.waitForFunction(() => document.activeElement?.id === "sportelli");
  await sound(desk);
  await desk.getByRole("spinbutton", { name: "Posti" }).fill("1");
  await press(desk, desk.getByRole("button", { name: "Salva" }));
  await row.getByText(/: 1/).waitFor();
  await sound(desk);
  const left = (await free()).find((one) => one.inizio === place.inizio);
  assert.equal(left, undefined, "the one desk that is left is Elena's");
  await press(desk, row.getByRole("button", { name: /^Togli/ }));
  await row.getByText("Nessuna").waitFor();
  assert.equal((await free()).find((one) => one.inizio === place.inizio).posti, 1);

  await desk.goto(`/sportello/agenda?appuntamento=${body.id}`);
  await desk.getByText("Collocamento mirato, posto 1").waitFor();
  const mover = desk.getByRole("button", { name: "Sposta", exact: false }).first();
  await press(desk, mover);
  const slot = desk.locator(".slot").filter({ hasText: next.inizio.slice(11, 16) }).first();
  await slot.waitFor();
  await sound(desk);
  await press(desk, slot);
  await desk.locator(".request-timeline").getByText("Spostato").waitFor();
  await elena.goto("/area-personale/messaggi");
  await elena.getByRole("heading", { name: "Il tuo appuntamento è stato spostato" }).waitFor();
  await elena.context().close();
  await desk.context().close();
});
