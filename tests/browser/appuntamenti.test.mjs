// SPDX-License-Identifier: EUPL-1.2
// An appointment from the first question to the sheet of paper, with no mouse: in the list, in the calendar, when the
// ten minutes run out, when somebody else was quicker, without a network; moved and cancelled.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { barriers } from "./axe.mjs";
import { at, day, sound } from "./flow.mjs";
import { arrive, chooseOption, press, tabTo, type } from "./keyboard.mjs";
import { settled, signIn, start } from "./system.mjs";

const ADA_FO = "FOXDAA00B69A944O";
const MARIO = "RSSMRA89T13F205B";
const MARIA = "RSSMRA85D41H501J";
const ALI = "ZOXLAI90A01Z243P";
const PHONE = { viewport: { width: 360, height: 740 } };
const MINUTE = 60_000;

let system;
before(async () => (system = await start()));
after(() => system?.stop());

/** Waits for a page; it has no barrier that a machine can find. */
/** Free places of an office, as the edge tells them. */
async function free(page, servizio, sede) {
  const query = `servizio=${servizio}&sede=${sede}&dal=${day(3)}&al=${day(30)}`;
  const answer = await page.request.get(`/api/disponibilita?${query}`);
  assert.equal(answer.status(), 200);
  return answer.json();
}

/** The page that confirms a place. */
const confirming = (servizio, place, modalita = "presenza") =>
  `/appuntamenti/conferma?servizio=${servizio}&sede=bologna&inizio=${encodeURIComponent(place.inizio)}&modalita=${modalita}`;

/** Books without the pages. */
async function book(page, servizio, place, extra = {}) {
  return page.evaluate(
    async (body) => {
      const headers = { "content-type": "application/json" };
      const answer = await fetch("/api/appuntamenti", { method: "POST", headers, body: JSON.stringify(body) });
      return { status: answer.status, body: await answer.json() };
    },
    { servizio, sede: "bologna", inizio: place.inizio, modalita: "presenza", ...extra },
  );
}

test("an appointment is booked on a phone by keyboard alone, from the list", async () => {
  const page = await system.visit(PHONE);
  await signIn(page, ADA_FO, "/appuntamenti");
  await sound(page);
  await press(page, page.getByRole("link", { name: "Prima informazione" }));

  await at(page, "In quale ufficio?");
  assert.equal(await page.getByRole("combobox", { name: "In quale comune vivi?" }).inputValue(), "Bologna (BO)");
  await page.getByRole("heading", { name: "Il tuo Centro per l'impiego" }).waitFor();
  await press(page, page.getByRole("link", { name: "Centro per l'impiego di Bologna" }).first());

  await at(page, "Quando?");
  await page.getByRole("status").filter({ hasText: /liber/ }).waitFor();
  await chooseOption(page, "Come", "Al telefono");
  await chooseOption(page, "Orario", "Mattina");
  assert.match(page.url(), /ora=mattina/);
  assert.match(page.url(), /modalita=telefono/);
  const place = page.locator(".slot").first();
  const name = await place.getAttribute("aria-label");
  assert.match(name, /^\d\d:\d\d, \S+ \d{1,2} \S+ \d{4}, Centro per l'impiego di Bologna, Al telefono$/);
  assert.ok(Number(name.slice(0, 2)) < 13, "the morning ends at one");

  // What was looked for is still there after a reload, and back leads to the search before.
  await page.reload();
  await settled(page);
  assert.equal(await page.getByRole("combobox", { name: "Come" }).inputValue(), "telefono");
  await page.goBack();
  await page.waitForFunction(() => document.getElementById("ora")?.value === "");
  await page.goForward();
  await page.waitForFunction(() => document.getElementById("ora")?.value === "mattina");
  await press(page, page.locator(".slot").first());

  await at(page, "Controlla e conferma");
  await page.getByRole("timer").waitFor();
  const recap = await page.getByRole("main").innerText();
  for (const said of ["Prima informazione", "Al telefono", name.slice(0, 5)]) {
    assert.ok(recap.includes(said), `the recap says ${said}`);
  }
  assert.notEqual(await page.getByRole("textbox", { name: "Email" }).inputValue(), "", "contacts are filled in");
  await type(page, "Vuoi dirci qualcosa prima?", "Vengo con il passeggino.");
  await press(page, page.getByRole("button", { name: "Conferma l'appuntamento" }));

  await at(page, "Il tuo appuntamento è prenotato");
  const sheet = await page.getByRole("main").innerText();
  for (const said of ["Cosa tenere a portata di mano", "Vengo con il passeggino.", "Puoi spostarlo fino a"]) {
    assert.ok(sheet.includes(said), `the sheet says ${said}`);
  }
  const invite = page.getByRole("link", { name: "File per il tuo calendario (ICS)" });
  const calendar = await page.request.get(await invite.getAttribute("href"));
  assert.match(calendar.headers()["content-type"], /^text\/calendar/);
  for (const way of ["Google Calendar", "Outlook"]) {
    const link = await page.getByRole("link", { name: way }).getAttribute("href");
    assert.doesNotMatch(link, /Ada|FOXDAA|passeggino/i, "nothing of the person leaves with the link");
  }
  await page.goto("/area-personale");
  await settled(page);
  await page.getByRole("heading", { name: "La tua prossima scadenza" }).waitFor();
  await page.context().close();
});

test("the confirmation prints on one sheet", async () => {
  const page = await system.visit();
  await signIn(page, MARIO, "/aiuto");
  const places = await free(page, "orientamento_base", "bologna");
  const others = await free(page, "prima_informazione", "bologna");
  const booked = [await book(page, "prima_informazione", others[0])];
  assert.equal(booked[0].status, 201, JSON.stringify(booked[0].body));
  assert.ok(places.length > 0);
  await page.goto(`/area-personale/appuntamenti/${booked[0].body.id}?prenotato=1`);
  await settled(page);
  await sound(page);
  assert.equal(await page.getByRole("link", { name: "Apri la videochiamata" }).count(), 0, "a link only at a distance");
  const paper = (await page.pdf({ format: "A4" })).toString("latin1");
  assert.equal(paper.match(/\/Type\s*\/Page\b/g)?.length, 1, "one sheet");
  await page.context().close();
});

/** The day (YYYY-MM-DD) so many days later. */
function shifted(day, days) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The Monday of a day's week. */
const mondayBefore = (day) => shifted(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));

/** The last day of a day's month. */
function lastOfMonth(day) {
  const [year, month] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** The same day a month later, or the last one of that month. */
function monthAfter(day) {
  const last = lastOfMonth(shifted(lastOfMonth(day), 1));
  const same = `${last.slice(0, 8)}${day.slice(8)}`;
  return same < last ? same : last;
}

test("the calendar is walked by arrows and offers the same places", async () => {
  const page = await system.visit();
  await signIn(page, MARIA, "/appuntamenti?servizio=prima_informazione&sede=bologna");
  await press(page, page.getByRole("button", { name: "Calendario" }));
  const grid = page.getByRole("grid");
  await grid.waitFor();
  await sound(page);
  const first = grid.locator("button[tabindex='0']");
  await tabTo(page, first);
  let [, day] = (await page.evaluate(() => document.activeElement.id)).match(/^giorno-(\d{4}-\d{2}-\d{2})$/);
  // A key may lead to another month, which has to come first: the day says when it is there.
  const walk = async (key, to) => {
    await page.keyboard.press(key);
    await page.waitForFunction((id) => document.activeElement.id === id, `giorno-${to}`);
    day = to;
  };
  await walk("PageDown", monthAfter(day));
  // The last day of a month may be the last one of all that can be booked.
  await (day === lastOfMonth(day) ? walk("ArrowLeft", shifted(day, -1)) : walk("ArrowRight", shifted(day, 1)));
  await walk("Home", mondayBefore(day));
  for (let steps = 0; steps < 6; steps += 1) {
    if (await page.evaluate(() => !document.activeElement.hasAttribute("aria-disabled"))) break;
    await walk("ArrowRight", shifted(day, 1));
  }
  const label = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  assert.match(label, /orari? liber/);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.id === "giorno-aperto");
  await sound(page);
  await press(page, page.locator(".slot").first());
  await at(page, "Controlla e conferma");
  await press(page, page.getByRole("button", { name: "Conferma l'appuntamento" }));
  await at(page, "Il tuo appuntamento è prenotato");
  await page.context().close();
});

/** Lets time go by for somebody who is at work on the page, so that the session goes on. */
async function pass(page, minutes) {
  for (let minute = 0; minute < minutes; minute += 1) {
    await page.keyboard.press("Shift");
    await page.clock.fastForward(MINUTE);
    await page.waitForLoadState("networkidle");
  }
}

test("ten minutes are counted down, and when they are over nothing typed is lost", async () => {
  const page = await system.visit(PHONE);
  await page.clock.install();
  await signIn(page, ALI, "/aiuto");
  const places = await free(page, "supporto_cv", "bologna");
  const servizio = places.length ? "supporto_cv" : "prima_informazione";
  const place = (places.length ? places : await free(page, servizio, "bologna"))[2];
  await page.goto(confirming(servizio, place));
  const timer = page.getByRole("timer");
  await timer.filter({ hasText: /ancora (10:00|9:5\d) minuti/ }).waitFor();
  await type(page, "Vuoi dirci qualcosa prima?", "Parlo poco italiano.");
  await pass(page, 5);
  await page.locator("#announcer").filter({ hasText: /ancora (5:00|4:5\d) minuti/ }).waitFor({ state: "attached" });
  await pass(page, 3);
  await page.clock.fastForward(5_000);
  await press(page, page.getByRole("button", { name: "Tienimi il posto altri 10 minuti" }));
  await timer.filter({ hasText: /ancora (10:00|9:5\d) minuti/ }).waitFor();

  await pass(page, 10);
  await page.clock.fastForward(1_000);
  const over = page.getByRole("alert").filter({ hasText: "I 10 minuti sono finiti" });
  await over.waitFor();
  await page.clock.runFor(1_000);
  assert.equal(await page.getByRole("textbox", { name: "Vuoi dirci qualcosa prima?" }).inputValue(), "Parlo poco italiano.");
  assert.deepEqual(await barriers(page), []);
  await over.locator(".slot").first().click();
  await timer.waitFor();
  await page.reload();
  await page.getByRole("timer").waitFor();
  assert.equal(await page.getByRole("textbox", { name: "Vuoi dirci qualcosa prima?" }).inputValue(), "Parlo poco italiano.");
  await page.context().close();
});

test("a place that somebody else has taken is given up for one of those that are free", async () => {
  const page = await system.visit(PHONE);
  await signIn(page, MARIO, "/area-personale/appuntamenti");
  const places = await free(page, "eures", "bologna");
  // Everybody who can be received at that time is there already.
  const wanted = places.find((place) => place.posti === 1) ?? places[0];
  const rivals = [ADA_FO, MARIA, ALI].slice(0, wanted.posti);
  for (const rival of rivals) {
    const other = await system.visit();
    await signIn(other, rival, "/aiuto");
    const taken = await book(other, "eures", wanted);
    assert.equal(taken.status, 201, JSON.stringify(taken.body));
    await other.context().close();
  }
  await page.goto(confirming("eures", wanted));
  const lost = page.getByRole("alert").filter({ hasText: "Il posto non c'è più" });
  await lost.waitFor();
  await sound(page);
  const other = lost.locator(".slot").first();
  assert.match(await other.getAttribute("aria-label"), /^\d\d:\d\d, .*Centro per l'impiego/);
  await press(page, other);
  await page.getByRole("timer").waitFor();
  await press(page, page.getByRole("button", { name: "Conferma l'appuntamento" }));
  await at(page, "Il tuo appuntamento è prenotato");
  await page.context().close();
});

test("without a network nothing is said to be booked, and it is booked when the network is back", async () => {
  const page = await system.visit(PHONE);
  await signIn(page, MARIO, "/aiuto");
  const places = await free(page, "autoimpiego", "bologna");
  await page.goto(confirming("autoimpiego", places[3]));
  await page.getByRole("timer").waitFor();
  await page.context().setOffline(true);
  await press(page, page.getByRole("button", { name: "Conferma l'appuntamento" }));
  await page.getByRole("heading", { name: "In attesa di rete: l'appuntamento non è ancora prenotato" }).waitFor();
  assert.equal(await page.getByText("Il tuo appuntamento è prenotato").count(), 0);
  await page.context().setOffline(false);
  await arrive(page, "Il tuo appuntamento è prenotato");
  await page.context().close();
});

test("an appointment is moved, waits for an earlier place, and is cancelled with a reason", async () => {
  const page = await system.visit(PHONE);
  await signIn(page, ADA_FO, "/aiuto");
  const places = await free(page, "collocamento_mirato", "bologna");
  const free0 = places.length ? places : await free(page, "prima_informazione", "bologna");
  const servizio = places.length ? "collocamento_mirato" : "prima_informazione";
  const booked = await book(page, servizio, free0[4]);
  assert.equal(booked.status, 201, JSON.stringify(booked.body));
  await page.goto(`/area-personale/appuntamenti/${booked.body.id}`);
  await settled(page);
  await sound(page);
  await press(page, page.getByRole("link", { name: "Sposta l'appuntamento" }));
  await at(page, "Quando?");
  await press(page, page.locator(".slot").first());
  await at(page, "Controlla e conferma");
  await page.getByText("L'appuntamento di prima resta tuo finché non confermi quello nuovo.").waitFor();
  await press(page, page.getByRole("button", { name: "Sposta qui" }));
  await at(page, "Appuntamento spostato");

  await press(page, page.getByRole("button", { name: "Avvisami se si libera un posto prima" }));
  await page.getByRole("button", { name: "Non avvisarmi più" }).waitFor();
  await press(page, page.getByRole("button", { name: "Disdici l'appuntamento" }));
  await sound(page);
  await press(page, page.getByRole("button", { name: "Sì, disdici" }));
  await page.getByText("Scegli un motivo.").waitFor();
  await chooseOption(page, "Perché lo disdici?", "Motivi di salute");
  await press(page, page.getByRole("button", { name: "Sì, disdici" }));
  await page.locator(".state-chip").getByText("Disdetto", { exact: true }).waitFor();
  await sound(page);
  await page.goto("/area-personale/appuntamenti");
  await settled(page);
  await sound(page);
  await page.getByRole("heading", { name: "Passati e disdetti" }).waitFor();
  await page.context().close();
});

test("offices are found by comune, and nothing sticks out on the narrowest screen", async () => {
  const page = await system.visit({ viewport: { width: 320, height: 640 } });
  await page.goto("/uffici");
  await settled(page);
  await sound(page);
  await page.getByRole("combobox", { name: "In quale comune vivi?" }).fill("Zola Pred");
  await page.getByRole("option").first().click();
  const own = page.getByRole("status").getByRole("link", { name: /Centro per l'impiego/ });
  await own.click();
  await page.getByRole("heading", { name: "Orari" }).waitFor();
  await sound(page);
  for (const path of [
    "/appuntamenti",
    "/appuntamenti?servizio=prima_informazione",
    "/appuntamenti?servizio=prima_informazione&sede=bologna",
    "/appuntamenti?servizio=prima_informazione&sede=bologna&vista=calendario",
  ]) {
    await page.goto(path);
    await settled(page);
    await sound(page);
  }
  await page.context().close();
});

test("the language of notices is seen with where it comes from, and chosen by keyboard", async () => {
  const page = await system.visit(PHONE);
  await signIn(page, ALI, "/area-personale/dati");
  await page.getByText("è la lingua in cui hai usato lo Sportello l'ultima volta").waitFor();
  await sound(page);
  await chooseOption(page, "In che lingua ti scriviamo?", "English");
  await press(page, page.getByRole("button", { name: "Salva la lingua" }));
  await page.getByText("Ti scriviamo in inglese: l'hai scelto tu.").waitFor();
  await page.reload();
  await page.getByText("Ti scriviamo in inglese: l'hai scelto tu.").waitFor();
  assert.equal(await page.getByLabel("In che lingua ti scriviamo?").inputValue(), "en");
  await page.context().close();
});
