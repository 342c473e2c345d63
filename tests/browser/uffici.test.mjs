// SPDX-License-Identifier: EUPL-1.2
// Looking for a place: which office comes first and which are free earlier, month and office from lists, several services
// in one visit, and whom to call when it is too late.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { call, day, sound } from "./flow.mjs";
import { arrive, chooseOption, press } from "./keyboard.mjs";
import { nothingOnItsWay, settled, signIn, start } from "./system.mjs";

const ADA = "FOXDAA00B69A944O";
const LUCA = "VRDLCU80A01A944V";
const PHONE = { viewport: { width: 360, height: 740 } };

let system;
before(async () => (system = await start()));
after(() => system?.stop());

async function firsts(page) {
  const { status, body } = await call(page, "GET", "/api/sedi/prime?servizio=prima_informazione&comune=A944");
  assert.equal(status, 200);
  return new Map(body.map((one) => [one.sede, one.primo?.inizio]));
}

test("the own office stands first, also when the page is loaded anew, and then neighbours that are free earlier", async () => {
  const desk = await system.visit();
  await signIn(desk, LUCA, "/aiuto");
  // The desk closes the first days on which Bologna has a place, until a neighbour is earlier: in the afternoon the
  // first day may be one on which the neighbours are open no more.
  const { body: bologna } = await call(desk, "GET", "/api/sedi/bologna");
  const closed = [];
  let earlier = [];
  while (earlier.length === 0 && closed.length < 3) {
    const first = (await firsts(desk)).get("bologna").slice(0, 10);
    const shut = await call(desk, "POST", "/api/operatore/chiusure", { giorno: first, motivo: "Guasto" });
    assert.equal(shut.status, 201, JSON.stringify(shut.body));
    closed.push(first);
    const after = await firsts(desk);
    assert.ok(after.get("bologna").slice(0, 10) > first);
    earlier = bologna.vicine.filter((code) => after.get(code) && after.get(code) < after.get("bologna"));
  }
  assert.ok(earlier.length > 0, "a neighbour is free earlier");

  const page = await system.visit(PHONE);
  await page.goto("/appuntamenti?servizio=prima_informazione&comune=A944");
  for (let turn = 0; turn < 2; turn += 1) {
    await settled(page);
    await page.getByRole("heading", { name: "Il tuo Centro per l'impiego" }).waitFor();
    await page.getByRole("heading", { name: "Vicino a te c'è posto prima" }).waitFor();
    const lists = page.locator("main > * .choice-list, main .choice-list");
    const names = await lists.evaluateAll((all) => [...new Set(all)].map((list) => [...list.querySelectorAll("h3")].map((one) => one.textContent)));
    assert.deepEqual(names[0], ["Centro per l'impiego di Bologna"]);
    const offices = (await call(page, "GET", "/api/sedi")).body;
    const nearby = names[1].map((name) => offices.find((office) => office.nome === name).codice);
    assert.deepEqual(nearby, earlier.slice(0, 3));
    await sound(page);
    await page.reload();
  }
  for (const giorno of closed) {
    const opened = await call(desk, "DELETE", `/api/operatore/chiusure/${giorno}`);
    assert.equal(opened.status, 204);
  }
  await page.context().close();
  await desk.context().close();
});

test("a month with no place as one wants it gives way to the first that has one, unless it is asked for", async () => {
  const page = await system.visit(PHONE);
  const first = day(0).slice(0, 7);
  // As on the last afternoon of a month: the first one has nothing in the morning any more.
  await page.route(/\/api\/disponibilita\?/, async (route) => {
    const response = await route.fetch();
    const late = (place) => place.inizio.slice(11, 16) >= "13:00";
    const places = await response.json();
    const left = new URL(response.url()).searchParams.get("al").startsWith(first) ? places.filter(late) : places;
    await route.fulfill({ response, json: left });
  });
  await signIn(page, ADA, "/appuntamenti?servizio=prima_informazione&sede=bologna");
  await page.getByRole("status").filter({ hasText: /liber/ }).waitFor();
  await chooseOption(page, "Orario", "Mattina");
  await page.locator(".slot").first().waitFor();
  const month = page.getByRole("combobox", { name: "Mese" });
  assert.ok((await month.inputValue()) > first, "a later month is shown");
  const names = await page.locator(".slot").evaluateAll((all) => all.map((slot) => slot.getAttribute("aria-label")));
  assert.ok(names.every((name) => name.slice(0, 5) < "13:00"), names.join("; "));
  // Whoever asks for a month gets it, also with nothing in it.
  await page.goto(`/appuntamenti?servizio=prima_informazione&sede=bologna&ora=mattina&mese=${first}`);
  await page.getByRole("status").filter({ hasText: "Nessun posto libero" }).waitFor();
  assert.equal(await month.inputValue(), first);
  await sound(page);
  await page.context().close();
});

test("month and office are chosen from lists, and a second service makes the visit longer", async () => {
  const page = await system.visit(PHONE);
  await signIn(page, ADA, "/appuntamenti?servizio=prima_informazione&sede=bologna");
  await page.locator(".slot").first().waitFor();
  await chooseOption(page, "Ufficio", "Centro per l'impiego di Imola");
  await page.waitForFunction(() => document.querySelector(".slot")?.ariaLabel.includes("Imola"));
  assert.match(page.url(), /sede=imola/);
  // At the end of a month the one on the page is the next already.
  const month = page.getByRole("combobox", { name: "Mese" });
  const shown = await month.evaluate((list) => list.selectedIndex);
  const months = await month.getByRole("option").allInnerTexts();
  assert.ok(months.length > shown + 1, `a later month than number ${shown} of ${months}`);
  await chooseOption(page, "Mese", months[shown + 1]);
  await page.getByRole("status").filter({ hasText: months[shown + 1] }).waitFor();
  assert.match(page.url(), /mese=\d{4}-\d\d/);

  await press(page, page.locator("summary").filter({ hasText: "Aggiungi un altro servizio" }));
  const second = page.getByRole("checkbox", { name: /^Aiuto con il CV/ });
  await second.focus();
  await page.keyboard.press("Space");
  await page.waitForFunction(() => location.search.includes("altri=supporto_cv"));
  await nothingOnItsWay(page);
  await sound(page);
  await press(page, page.locator(".slot").first());
  await arrive(page, "Controlla e conferma");
  await page.getByRole("timer").waitFor();
  const recap = await page.getByRole("main").innerText();
  for (const said of ["Prima informazione", "Aiuto con il CV", "60 minuti", "Imola"]) {
    assert.ok(recap.includes(said), `the recap says ${said}: ${recap}`);
  }
  await press(page, page.getByRole("button", { name: "Conferma l'appuntamento" }));
  await arrive(page, "Il tuo appuntamento è prenotato");
  const sheet = await page.getByRole("main").innerText();
  // What to bring, for both services.
  for (const said of ["Carta d'identità", "L'annuncio che ti interessa"]) {
    assert.ok(sheet.includes(said), `the sheet says ${said}`);
  }
  // What happened is told to the person, and a move says what it moved from.
  const id = new URL(page.url()).pathname.split("/").at(-1);
  const { body: booked } = await call(page, "GET", `/api/appuntamenti/${id}`);
  const query = `servizio=prima_informazione&altri=supporto_cv&sede=imola&dal=${day(3)}&al=${day(30)}`;
  const places = (await call(page, "GET", `/api/disponibilita?${query}`)).body;
  const goal = places.findLast((place) => place.inizio !== booked.inizio);
  const moved = await call(page, "POST", `/api/appuntamenti/${id}/sposta`, { inizio: goal.inizio });
  assert.equal(moved.status, 200, JSON.stringify(moved.body));
  await page.goto(`/area-personale/appuntamenti/${id}`);
  await page.locator(".request-timeline").getByText(/^Prima era .* alle ore \d\d:\d\d\.$/).waitFor();
  await sound(page);
  await page.setViewportSize({ width: 1280, height: 900 });
  await sound(page);
  await page.context().close();
});

test("after the limit the page says whom to call, and after the meeting there is nothing to change", async () => {
  const page = await system.visit(PHONE);
  await signIn(page, ADA, "/aiuto");
  const query = `servizio=eures&sede=bologna&dal=${day(4)}&al=${day(30)}`;
  const [place] = (await call(page, "GET", `/api/disponibilita?${query}`)).body;
  const wanted = { servizio: "eures", sede: "bologna", inizio: place.inizio, modalita: "presenza" };
  const { status, body: booked } = await call(page, "POST", "/api/appuntamenti", wanted);
  assert.equal(status, 201, JSON.stringify(booked));
  const office = (await call(page, "GET", "/api/sedi/bologna")).body;
  await page.context().close();

  /** The page of the appointment when so many hours are left. */
  const left = async (hours) => {
    const instant = Date.parse(place.inizio) - hours * 3_600_000;
    const box = new URL("/orologio/prova", system.origin);
    box.port = String(Number(box.port) + 1);
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ avanti_s: Math.round((instant - Date.now()) / 1000) });
    assert.equal((await fetch(box, { method: "POST", headers, body })).status, 200);
    const later = await system.visit(PHONE);
    await later.clock.install({ time: instant });
    await signIn(later, ADA, `/area-personale/appuntamenti/${booked.id}`);
    await later.getByRole("heading", { name: "Che cosa è successo" }).waitFor();
    return later;
  };
  const late = await left(3);
  await late.getByText("Online non si può più cambiare. Se non puoi venire, avvisa l'ufficio:").waitFor();
  await late.getByRole("main").getByRole("link", { name: office.telefono }).last().waitFor();
  await late.getByRole("main").getByRole("link", { name: office.email }).waitFor();
  assert.equal(await late.getByRole("link", { name: "Sposta l'appuntamento" }).count(), 0);
  assert.equal(await late.getByRole("button", { name: "Disdici l'appuntamento" }).count(), 0);
  await sound(late);
  await late.context().close();
  const over = await left(-3);
  for (const title of ["Se non puoi venire", "Mettilo nel calendario", "Cosa portare"]) {
    assert.equal(await over.getByRole("heading", { name: title }).count(), 0, title);
  }
  await sound(over);
  await over.context().close();
});
