// SPDX-License-Identifier: EUPL-1.2
// What hangs on an appointment: the declaration at fifteen, the interview after a DID, an absence with its paper, a place
// of the waiting list that goes on to the next person, and the one way in for whoever is not signed in.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { call, day, DID, PDF, sound } from "./flow.mjs";
import { arrive, chooseFile, chooseOption, declare, press, type } from "./keyboard.mjs";
import { settled, signIn, start } from "./system.mjs";

const ADA_FO = "FOXDAA00B69A944O";
const ELENA = "MRCLNE87C58H294E";
const IOANA = "PPSNIO94R61Z129H";
const LUCA = "VRDLCU80A01A944V";
const MARIO = "RSSMRA89T13F205B";
const TOMMASO = "RVITMS11C08A944G";
const PHONE = { viewport: { width: 360, height: 740 } };

let system;
before(async () => (system = await start()));
after(() => system?.stop());

/** Free places of an office, from five days on. */
async function free(page, servizio, sede) {
  const answer = await page.request.get(`/api/disponibilita?servizio=${servizio}&sede=${sede}&dal=${day(5)}&al=${day(40)}`);
  assert.equal(answer.status(), 200);
  return answer.json();
}

const confirming = (servizio, place) =>
  `/appuntamenti/conferma?servizio=${servizio}&sede=${place.sede}&inizio=${encodeURIComponent(place.inizio)}&modalita=presenza`;

async function book(page, servizio, place) {
  const wanted = { servizio, sede: place.sede, inizio: place.inizio, modalita: "presenza" };
  const { status, body } = await call(page, "POST", "/api/appuntamenti", wanted);
  assert.equal(status, 201, JSON.stringify(body));
  return body;
}

test("somebody who is not signed in is shown one way in, before and after the session ends", async () => {
  const page = await system.visit(PHONE);
  const place = (await free(page, "prima_informazione", "bologna"))[0];
  await page.goto(confirming("prima_informazione", place));
  await settled(page);
  await sound(page);
  const ways = page.getByRole("link", { name: "Entra con SPID" });
  assert.equal(await page.getByRole("main").getByRole("link", { name: "Entra con SPID" }).count(), 1);
  await signIn(page, ADA_FO, confirming("prima_informazione", place));
  await page.getByRole("timer").waitFor().catch(async () => assert.fail(await page.getByRole("main").innerText() + page.url()));
  // The session ends elsewhere, and the page learns of it when it is to book.
  await page.context().clearCookies();
  await press(page, page.getByRole("button", { name: "Conferma l'appuntamento" }));
  await page.getByRole("heading", { name: "La sessione è finita" }).waitFor();
  assert.equal(await ways.count(), 1, "one way in, not two");
  await sound(page);
  await page.goto("/area-personale/appuntamenti");
  await settled(page);
  assert.equal(await page.getByRole("main").getByRole("link", { name: "Entra con SPID" }).count(), 1);
  await page.context().close();
});

test("at fifteen the end of compulsory schooling is declared before an interview is booked", async () => {
  const page = await system.visit(PHONE);
  await signIn(page, TOMMASO, "/aiuto");
  const place = (await free(page, "did_patto", "bologna"))[0];
  await page.goto(confirming("did_patto", place));
  await page.getByRole("timer").waitFor();
  await sound(page);
  await press(page, page.getByRole("button", { name: "Conferma l'appuntamento" }));
  const refused = page.getByRole("alert").filter({ hasText: "L'appuntamento non è prenotato" });
  await refused.getByText("A 15 anni devi aver finito l'obbligo scolastico").waitFor();
  await declare(page, "Dichiaro che ho finito l'obbligo scolastico");
  await press(page, page.getByRole("button", { name: "Conferma l'appuntamento" }));
  await arrive(page, "Il tuo appuntamento è prenotato");
  // Whoever only asks for information declares nothing.
  const other = (await free(page, "prima_informazione", "bologna"))[3];
  await page.goto(confirming("prima_informazione", other));
  await page.getByRole("timer").waitFor();
  assert.equal(await page.getByRole("checkbox", { name: "Dichiaro che ho finito" }).count(), 0);
  await page.context().close();
});

test("the interview is offered where the DID ends and stands on its page afterwards", async () => {
  const page = await system.visit(PHONE);
  await signIn(page, MARIO, "/aiuto");
  const { status, body } = await call(page, "POST", "/api/pratiche", { servizio: "did", risposte: DID });
  assert.equal(status, 201, JSON.stringify(body));
  await page.goto(`/area-personale/pratiche/${body.id}?inviata=1`);
  await arrive(page, "Abbiamo ricevuto la tua richiesta").catch(() => settled(page));
  await press(page, page.getByRole("main").getByRole("link", { name: "Prenota il colloquio" }).first());
  await arrive(page, "In quale ufficio?");
  await press(page, page.getByRole("link", { name: "Centro per l'impiego di Bologna" }).first());
  await arrive(page, "Quando?");
  await press(page, page.locator(".slot").first());
  await arrive(page, "Controlla e conferma");
  await page.getByRole("timer").waitFor();
  await press(page, page.getByRole("button", { name: "Conferma l'appuntamento" }));
  await arrive(page, "Il tuo appuntamento è prenotato");
  await page.goto(`/area-personale/pratiche/${body.id}`);
  await page.getByRole("heading", { name: "Hai prenotato il colloquio per il patto" }).waitFor();
  await sound(page);
  assert.equal(await page.getByRole("link", { name: "Prenota il colloquio" }).count(), 0);
  // The notice of the booking leads to the appointment, and the personal area begins with it.
  await page.goto("/area-personale/messaggi");
  await page.getByRole("link", { name: "Vai all'appuntamento" }).first().waitFor();
  await sound(page);
  await press(page, page.getByRole("link", { name: "Vai all'appuntamento" }).first());
  await page.getByRole("link", { name: "Sposta l'appuntamento" }).waitFor();
  await page.goto("/area-personale");
  const next = page.getByRole("region", { name: /prossim/ });
  await next.getByText("Appuntamento").first().waitFor();
  await sound(page);
  await page.context().close();
});

test("an absence is justified with one of the reasons and a paper, which the office opens", async () => {
  const desk = await system.visit();
  await signIn(desk, LUCA, "/aiuto");
  const place = (await free(desk, "orientamento_base", "bologna"))[6];
  const summons = {
    codice_fiscale: IOANA,
    nome: "Ioana",
    cognome: "Popescu",
    servizio: "orientamento_base",
    inizio: place.inizio,
    modalita: "presenza",
    convocazione: true,
  };
  const { status, body } = await call(desk, "POST", "/api/operatore/appuntamenti", summons);
  assert.equal(status, 201, JSON.stringify(body));

  const page = await system.visit(PHONE);
  await signIn(page, IOANA, `/area-personale/appuntamenti/${body.id}`);
  await press(page, page.getByRole("button", { name: "Giustifica l'assenza" }));
  await press(page, page.getByRole("button", { name: "Invia la giustificazione" }));
  await page.getByText("Scegli un motivo.").waitFor();
  assert.equal(await page.getByRole("combobox", { name: "Perché non puoi venire?" }).getByRole("option").count(), 8);
  await chooseOption(page, "Perché non puoi venire?", "Malattia");
  await type(page, /Racconta che cosa è successo/, "Ho la febbre alta.");
  // What is no paper is refused at its field, and what was typed stays.
  await chooseFile(page, "Un documento che lo dimostra", { name: "foto.png", mimeType: "image/png", buffer: Buffer.from("no") });
  await page.locator("#documento-assenza-error .field-error").waitFor();
  await chooseFile(page, "Un documento che lo dimostra", PDF);
  await page.getByRole("link", { name: "certificato medico.pdf" }).waitFor();
  await sound(page);
  assert.equal(await page.getByRole("textbox", { name: /Racconta/ }).inputValue(), "Ho la febbre alta.");
  await press(page, page.getByRole("button", { name: "Invia la giustificazione" }));
  await page.getByText("Hai giustificato l'assenza: Malattia o infortunio documentati.").waitFor();
  await sound(page);

  await desk.goto(`/sportello/agenda?appuntamento=${body.id}`);
  await desk.getByText("Assenza giustificata", { exact: true }).waitFor();
  await desk.getByText("Ho la febbre alta.").waitFor();
  const paper = desk.getByRole("link", { name: "Apri il documento" });
  const answer = await desk.request.get(await paper.getAttribute("href"));
  assert.equal(answer.status(), 200);
  assert.equal(answer.headers()["content-type"], "application/pdf");
  assert.deepEqual(await answer.body(), PDF.buffer);
  await sound(desk);
  await desk.context().close();
  await page.context().close();
});

test("a place that is declined goes on to the next person of the waiting list", async () => {
  const people = [];
  for (const person of [ADA_FO, ELENA, MARIO]) {
    const page = await system.visit(PHONE);
    await signIn(page, person, "/aiuto");
    people.push(page);
  }
  const [first, second, third] = people;
  // One desk.
  const places = await free(first, "collocamento_mirato", "imola");
  const early = await book(first, "collocamento_mirato", places[0]);
  const ids = [(await book(second, "collocamento_mirato", places[5])).id, (await book(third, "collocamento_mirato", places[9])).id];
  for (const [page, id] of [[second, ids[0]], [third, ids[1]]]) {
    await page.goto(`/area-personale/appuntamenti/${id}`);
    await press(page, page.getByRole("button", { name: "Avvisami se si libera un posto prima" }));
    await page.getByRole("button", { name: "Non avvisarmi più" }).waitFor();
  }
  const gone = await call(first, "POST", `/api/appuntamenti/${early.id}/disdici`, { motivo: "altro" });
  assert.equal(gone.status, 200);

  await second.goto(`/area-personale/appuntamenti/${ids[0]}`);
  await second.getByRole("heading", { name: "Si è liberato un posto prima" }).waitFor();
  await sound(second);
  await press(second, second.getByRole("button", { name: "No, grazie" }));
  await second.getByRole("heading", { name: "Si è liberato un posto prima" }).waitFor({ state: "detached" });
  // The own appointment is as it was, and the wish stays.
  await second.getByRole("button", { name: "Non avvisarmi più" }).waitFor();
  await second.getByText("Posto proposto rifiutato").waitFor();

  await third.goto("/area-personale/appuntamenti");
  await third.getByText("C'è un posto per te: rispondi").waitFor();
  await third.goto(`/area-personale/appuntamenti/${ids[1]}`);
  await press(third, third.getByRole("button", { name: "Prendi questo posto" }));
  await third.getByRole("button", { name: "Avvisami se si libera un posto prima" }).waitFor();
  const moved = await call(third, "GET", `/api/appuntamenti/${ids[1]}`);
  assert.equal(moved.body.inizio, places[0].inizio);
  for (const page of people) await page.context().close();
});
