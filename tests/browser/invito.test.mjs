// SPDX-License-Identifier: EUPL-1.2
// The calendar entry of an appointment, read by a parser that is not ours: the one of Thunderbird's calendar.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import ICAL from "ical.js";

import { ADA, call } from "./flow.mjs";
import { signIn, start } from "./system.mjs";

const DAY = 86_400_000;

let system;
before(async () => (system = await start()));
after(() => system?.stop());

/** Sets the clock of the whole system so many days ahead. */
async function ahead(days) {
  const box = new URL("/orologio/prova", system.origin);
  box.port = String(Number(box.port) + 1);
  const headers = { "content-type": "application/json" };
  const answer = await fetch(box, { method: "POST", headers, body: JSON.stringify({ avanti_s: days * 86_400 }) });
  assert.equal(answer.status, 200);
}

/** Free places between two days, counted from a day. */
async function free(page, servizi, sede, from) {
  const day = (days) => new Date(from + days * DAY).toISOString().slice(0, 10);
  const [servizio, ...altri] = servizi;
  const query = `servizio=${servizio}&altri=${altri.join(",")}&sede=${sede}&dal=${day(3)}&al=${day(24)}`;
  const { status, body } = await call(page, "GET", `/api/disponibilita?${query}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body;
}

async function book(page, servizio, altri_servizi, place, modalita = "presenza") {
  const wanted = { servizio, altri_servizi, sede: place.sede, inizio: place.inizio, modalita };
  const { status, body } = await call(page, "POST", "/api/appuntamenti", wanted);
  assert.equal(status, 201, JSON.stringify(body));
  return body;
}

/** The entry as the parser reads it; what it cannot read it throws at. */
async function entry(page, id) {
  const answer = await page.request.get(`/api/appuntamenti/${id}/invito.ics`);
  assert.equal(answer.status(), 200);
  const calendar = new ICAL.Component(ICAL.parse(await answer.text()));
  const [meeting, ...more] = calendar.getAllSubcomponents("vevent");
  assert.equal(more.length, 0, "one meeting");
  const event = new ICAL.Event(meeting, { strictExceptions: true });
  const said = (name) => meeting.getFirstPropertyValue(name);
  return {
    calendar,
    event,
    said,
    method: calendar.getFirstPropertyValue("method"),
    alarms: meeting.getAllSubcomponents("valarm"),
    begins: event.startDate.toJSDate().getTime(),
    ends: event.endDate.toJSDate().getTime(),
  };
}

test("another parser reads when, where and what to bring, and follows a move and a cancelling", async () => {
  const page = await system.visit();
  await signIn(page, ADA, "/aiuto");
  const places = await free(page, ["prima_informazione", "supporto_cv"], "forli", Date.now());
  const booked = await book(page, "prima_informazione", ["supporto_cv"], places[0]);
  const first = await entry(page, booked.id);
  assert.equal(first.method, "PUBLISH");
  assert.equal(first.said("status"), "CONFIRMED");
  assert.equal(first.event.sequence, 0);
  assert.equal(first.begins, Date.parse(booked.inizio));
  assert.equal(first.ends, Date.parse(booked.fine));
  assert.equal(first.event.startDate.zone.tzid, "Europe/Rome");
  assert.equal(first.event.summary, "Centro per l'impiego: Prima informazione e Aiuto con il CV");
  const { body: office } = await call(page, "GET", "/api/sedi/forli");
  assert.ok(first.event.location.includes(office.indirizzo), first.event.location);
  const lines = first.event.description.split("\n");
  for (const line of [office.come_arrivare, office.accessibilita, "Porta: Carta d'identità o permesso di soggiorno", `Telefono: ${office.telefono}`]) {
    assert.ok(lines.includes(line), `${line} in ${first.event.description}`);
  }
  assert.match(first.event.organizer, /^mailto:/);
  assert.ok(first.said("url").endsWith(`/area-personale/appuntamenti/${booked.id}`));
  assert.deepEqual(first.alarms.map((alarm) => alarm.getFirstPropertyValue("trigger").toSeconds()), [-86_400]);
  assert.doesNotMatch(first.calendar.toString(), /FOXDAA/, "an entry that is passed on tells no codice fiscale");

  const goal = places.at(-1);
  const moved = await call(page, "POST", `/api/appuntamenti/${booked.id}/sposta`, { inizio: goal.inizio, modalita: "video" });
  assert.equal(moved.status, 200, JSON.stringify(moved.body));
  const second = await entry(page, booked.id);
  assert.equal(second.event.uid, first.event.uid);
  assert.equal(second.event.sequence, 1);
  assert.equal(second.begins, Date.parse(goal.inizio));
  assert.equal(second.event.location, moved.body.collegamento);
  assert.ok(second.said("last-modified").compare(first.said("last-modified")) >= 0);

  const gone = await call(page, "POST", `/api/appuntamenti/${booked.id}/disdici`, { motivo: "lavoro" });
  assert.equal(gone.status, 200);
  const third = await entry(page, booked.id);
  assert.equal(third.event.uid, first.event.uid);
  assert.equal(third.event.sequence, 2);
  assert.equal(third.method, "CANCEL");
  assert.equal(third.said("status"), "CANCELLED");
  assert.equal(third.alarms.length, 0);
  await page.context().close();
});

test("the hour is the one of Rome on both sides of the changes of the clocks", async () => {
  // The middle of the next January and the middle of the next July, by the clock of the whole system.
  for (const month of [0, 6]) {
    const today = new Date();
    const year = today.getUTCFullYear() + (today.getUTCMonth() >= month ? 1 : 0);
    const days = Math.round((Date.UTC(year, month, 10) - today.getTime()) / DAY);
    await ahead(days);
    const page = await system.visit();
    await signIn(page, ADA, "/aiuto");
    const [place] = await free(page, ["prima_informazione"], "forli", today.getTime() + days * DAY);
    const booked = await book(page, "prima_informazione", [], place);
    assert.ok(booked.inizio.endsWith(month === 6 ? "+02:00" : "+01:00"), booked.inizio);
    const read = await entry(page, booked.id);
    assert.equal(read.begins, Date.parse(booked.inizio));
    assert.equal(read.event.startDate.toString(), booked.inizio.slice(0, 19), "what the clocks of Rome show");
    const gone = await call(page, "POST", `/api/appuntamenti/${booked.id}/disdici`, { motivo: "altro" });
    assert.equal(gone.status, 200);
    await page.context().close();
  }
});
