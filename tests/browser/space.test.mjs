// SPDX-License-Identifier: EUPL-1.2
// CVs of a signed-in person: on every device of theirs, never overwritten unseen, gone when thrown away.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { ADA, MARIO, sound } from "./flow.mjs";
import { settled, signIn, start } from "./system.mjs";

const GIANFRANCO = "SPSGFR70M31F839F";
const MARIA = "RSSMRA85D41H501J";
const IOANA = "PPSNIO94R61Z129H";
const ALI = "ZOXLAI90A01Z243P";
const ENNA = "NRENNA82L50A944O";
const FULL = "FNTCHR91H45G337J";

let system;
before(async () => (system = await start()));
after(() => system?.stop());

const button = (page, name) => page.getByRole("button", { name, exact: true });
const box = (page, id) => page.locator(`[id="${id}"]`);
const state = (page, text) => page.locator(".save-state", { hasText: text }).waitFor();
const onDevice = (page) => state(page, "Salvato su questo dispositivo");
const inSpace = (page) => state(page, "Salvato qui e nel tuo spazio personale");
const onShelf = (page, text) => page.locator(".cv-shelf .field-hint", { hasText: text }).first().waitFor();
const rival = (page) => page.locator("#cv-rival");

/** A device on which this person has signed in, at the list. */
async function device(person) {
  const page = await system.visit();
  await signIn(page, person, "/cv");
  await page.locator("#new-cv").waitFor();
  return page;
}

async function make(page, name) {
  await button(page, "Crea un CV").click();
  await page.locator("#cv-undo").waitFor();
  await box(page, "basics.name").fill(name);
}

async function open(page, address) {
  await page.goto(address);
  await page.locator("#cv-undo").waitFor();
}

/** The list, with the names on it. */
async function list(page) {
  await page.goto("/cv");
  await settled(page);
  await page.locator("#new-cv").waitFor();
  return page.locator(".cv-shelf h3").allInnerTexts();
}

const address = (page) => new URL(page.url()).pathname;

test("a CV is found on another device, and what is changed there arrives", async () => {
  const phone = await device(ADA);
  await make(phone, "Ada Fo");
  await inSpace(phone);
  const desk = await device(ADA);
  await onShelf(desk, "Nel tuo spazio personale");
  await sound(desk);
  await desk.getByRole("link", { name: "Ada Fo" }).click();
  await desk.locator("#cv-undo").waitFor();
  await box(desk, "basics.name").fill("Ada Maria Fo");
  await inSpace(desk);
  await phone.reload();
  await phone.waitForFunction(() => document.getElementById("basics.name")?.value === "Ada Maria Fo");
  assert.deepEqual(await list(phone), ["Ada Maria Fo"]);
  await onShelf(phone, "Anche nel tuo spazio personale");
  await phone.getByText("Bozza: mancano il nome o il lavoro che cerchi").waitFor();

  // Another person of this browser sees nothing of it, and signing out leaves nothing behind.
  await desk.goto("/cv");
  await settled(desk);
  await button(desk, "Esci").click();
  await desk.getByRole("link", { name: "Accedi all'area personale" }).first().waitFor();
  assert.deepEqual(await list(desk), []);
  const left = await desk.evaluate(
    () =>
      new Promise((done) => {
        const opening = indexedDB.open("sportello-lavoro");
        opening.onsuccess = () => {
          const asked = opening.result.transaction("bozze").objectStore("bozze").getAllKeys();
          asked.onsuccess = () => done(asked.result);
        };
      }),
  );
  assert.deepEqual(left, []);
  await signIn(desk, MARIO, "/cv");
  assert.deepEqual(await list(desk), []);
  await phone.context().close();
  await desk.context().close();
});

test("two devices that change the same CV show both versions, and nothing is lost", async () => {
  const phone = await device(MARIO);
  await make(phone, "Mario");
  await inSpace(phone);
  const at = address(phone);
  const desk = await device(MARIO);
  await open(desk, at);
  await inSpace(desk);

  const disagree = async (here, there) => {
    await box(phone, "basics.name").fill(there);
    await inSpace(phone);
    await box(desk, "basics.name").fill(here);
    await rival(desk).waitFor();
  };
  await disagree("Mario dal computer", "Mario dal telefono");
  await sound(desk);
  const shown = await rival(desk).innerText();
  assert.match(shown, /Nome e cognome/);
  assert.match(shown, /Mario dal computer[^]*Mario dal telefono/);
  // Whoever goes away without choosing finds both again.
  await desk.reload();
  await rival(desk).waitFor();
  await button(desk, "Tieni tutte e due").click();
  await rival(desk).waitFor({ state: "detached" });
  assert.equal(await box(desk, "basics.name").inputValue(), "Mario dal telefono");
  await inSpace(desk);
  const both = ["Mario dal computer (copia)", "Mario dal telefono"];
  assert.deepEqual((await list(desk)).sort(), both);
  assert.deepEqual((await list(phone)).sort(), both);

  await open(phone, at);
  await inSpace(phone);
  await open(desk, at);
  await inSpace(desk);
  await disagree("Vale questa", "Non vale");
  await button(desk, "Tieni quella che vedi qui").click();
  await inSpace(desk);
  await phone.reload();
  await phone.waitForFunction(() => document.getElementById("basics.name")?.value === "Vale questa");
  await inSpace(phone);
  await disagree("Non vale", "Vale l'altra");
  await button(desk, "Prendi l'altra").click();
  await inSpace(desk);
  assert.equal(await box(desk, "basics.name").inputValue(), "Vale l'altra");
  // A choice can be taken back.
  await desk.locator("#cv-undo").click();
  assert.equal(await box(desk, "basics.name").inputValue(), "Non vale");
  await phone.context().close();
  await desk.context().close();
});

test("a CV that is open in two tabs tells the second one to write", async () => {
  const one = await system.visit();
  await one.goto("/cv");
  await settled(one);
  await make(one, "Prima");
  await onDevice(one);
  const two = await one.context().newPage();
  await open(two, address(one));
  await box(one, "basics.name").fill("Scheda uno");
  await onDevice(one);
  await box(two, "basics.name").fill("Scheda due");
  await rival(two).waitFor();
  await sound(two);
  assert.match(await rival(two).innerText(), /altra scheda[^]*Scheda due[^]*Scheda uno/);
  // What the second tab says is safe before anybody has chosen.
  assert.deepEqual((await list(one)).sort(), ["Scheda due", "Scheda uno"]);
  await button(two, "Tieni quella che vedi qui").click();
  await rival(two).waitFor({ state: "detached" });
  await onDevice(two);
  assert.deepEqual(await list(one), ["Scheda due"]);

  await open(one, address(two));
  await box(two, "basics.name").fill("Ancora due");
  await onDevice(two);
  await box(one, "basics.name").fill("Ancora uno");
  await rival(one).waitFor();
  await button(one, "Tieni tutte e due").click();
  await rival(one).waitFor({ state: "detached" });
  assert.equal(await box(one, "basics.name").inputValue(), "Ancora due");
  await onDevice(one);
  assert.deepEqual((await list(one)).sort(), ["Ancora due", "Ancora uno (copia)"]);
  await one.context().close();
});

test("nothing leaves the device before somebody signs in and says so", async () => {
  const page = await system.visit();
  const sent = [];
  page.on("request", (request) => request.method() !== "GET" && sent.push(request.url()));
  await page.goto("/cv");
  await settled(page);
  await make(page, "Gianfranco");
  await onDevice(page);
  await page.goto("/cv");
  await onShelf(page, "Su questo dispositivo");
  await signIn(page, GIANFRANCO, "/cv");
  await page.locator("#keep-all").waitFor();
  assert.deepEqual(sent, []);
  await sound(page);
  await page.locator("#keep-all").click();
  await page.locator("#keep-all").waitFor({ state: "detached" });
  await onShelf(page, "Anche nel tuo spazio personale");

  const other = await device(GIANFRANCO);
  await other.getByRole("link", { name: "Gianfranco" }).click();
  await other.locator("#cv-undo").waitFor();
  // Thrown away here, it is gone there as well; the page that has it open asks.
  await page.getByRole("button", { name: /^Elimina/ }).click();
  await page.getByText("Sparisce da questo dispositivo e dal tuo spazio personale").waitFor();
  await button(page, "Sì, elimina").click();
  await page.getByRole("link", { name: "Gianfranco" }).waitFor({ state: "detached" });
  await box(other, "basics.name").fill("Gianfranco Esposito");
  await rival(other).waitFor();
  await sound(other);
  await button(other, "Eliminalo anche qui").click();
  await other.locator("#new-cv").waitFor();
  assert.deepEqual(await list(other), []);
  await page.context().close();
  await other.context().close();
});

test("a CV of the space opens without a network, and what is deleted without one goes later", async () => {
  const phone = await device(IOANA);
  for (const name of ["Resta", "Sparisce"]) {
    await make(phone, name);
    await inSpace(phone);
    await list(phone);
  }
  const desk = await device(IOANA);
  await desk.waitForFunction(
    () => [...document.querySelectorAll(".cv-shelf .field-hint")].filter((hint) => hint.textContent.startsWith("Anche")).length === 2,
  );
  await desk.context().setOffline(true);
  await desk.getByRole("link", { name: "Resta" }).click();
  await desk.locator("#cv-undo").waitFor();
  assert.equal(await box(desk, "basics.name").inputValue(), "Resta");
  await desk.goBack();
  await desk.locator("#new-cv").waitFor();
  await desk.getByRole("button", { name: /^Elimina.*Sparisce/ }).click();
  await button(desk, "Sì, elimina").click();
  await desk.getByText("Quello che hai eliminato non è più su questo dispositivo").waitFor();
  await sound(desk);
  const names = async () => {
    await desk.waitForFunction(() => document.querySelectorAll(".cv-shelf h3").length === 1);
    return desk.locator(".cv-shelf h3").allInnerTexts();
  };
  assert.deepEqual(await names(), ["Resta"]);
  assert.deepEqual((await list(phone)).sort(), ["Resta", "Sparisce"]);
  await desk.context().setOffline(false);
  await desk.getByText("Quello che hai eliminato").waitFor({ state: "detached" });
  assert.deepEqual(await names(), ["Resta"]);
  assert.deepEqual(await list(phone), ["Resta"]);
  await phone.context().close();
  await desk.context().close();
});

test("what is deleted without a network is not lost to who has it open in another tab", async () => {
  const one = await device(ENNA);
  await make(one, "Aperto due volte");
  await inSpace(one);
  const two = await one.context().newPage();
  await open(two, address(one));
  await inSpace(two);
  await list(one);
  await one.context().setOffline(true);
  await one.getByRole("button", { name: /^Elimina/ }).click();
  await button(one, "Sì, elimina").click();
  await one.getByText("Quello che hai eliminato non è più su questo dispositivo").waitFor();
  await box(two, "basics.name").fill("Scritto dopo");
  await rival(two).getByText("Altrove è stato eliminato").waitFor();
  await button(two, "Tienilo").click();
  await rival(two).waitFor({ state: "detached" });
  await onDevice(two);
  await one.context().setOffline(false);
  await inSpace(two).catch(() => undefined);
  if (await rival(two).count()) await button(two, "Tieni quella che vedi qui").click();
  await inSpace(two);
  await one.reload();
  assert.deepEqual(await list(one), ["Scritto dopo"]);
  assert.deepEqual(await list(await device(ENNA)), ["Scritto dopo"]);
  await one.context().close();
});

test("what was deleted without a network is gone from the space when its person signs out", async () => {
  const phone = await device(ALI);
  await make(phone, "Sparisce");
  await inSpace(phone);
  await list(phone);
  await phone.context().setOffline(true);
  await phone.getByRole("button", { name: /^Elimina/ }).click();
  await button(phone, "Sì, elimina").click();
  await phone.getByText("Quello che hai eliminato non è più su questo dispositivo").waitFor();
  // The edge hears of it only as the person goes: what the list asks meanwhile does not arrive.
  await phone.route(/\/api\/(cv|lettere)(\/|$)/, (route) => route.abort());
  await phone.context().setOffline(false);
  await phone.unroute(/\/api\/(cv|lettere)(\/|$)/);
  await button(phone, "Esci").click();
  await button(phone, "Esci").waitFor({ state: "detached" });
  const desk = await device(ALI);
  assert.deepEqual(await desk.locator(".cv-shelf h3").allInnerTexts(), []);
  await phone.context().close();
  await desk.context().close();
});

test("the twenty-first CV stays on the device and says so, and goes along when one is deleted", async () => {
  const page = await device(FULL);
  const made = await page.evaluate(async () => {
    const headers = { "content-type": "application/json", "if-none-match": "*" };
    const put = (n) => fetch(`/api/cv/n-${n}`, { method: "PUT", headers, body: JSON.stringify({ basics: { name: `CV ${n}` } }) });
    const replies = [];
    for (let n = 0; n < 20; n += 1) replies.push((await put(n)).status);
    return replies;
  });
  assert.deepEqual(made, Array(20).fill(201));
  await make(page, "Ventunesimo");
  await state(page, "già 20 documenti");
  await list(page);
  await page.locator("p.notice.warning", { hasText: "già 20 documenti" }).waitFor();
  const row = page.locator(".cv-shelf li").filter({ hasText: "Ventunesimo" });
  await row.getByText("non ancora nel tuo spazio personale").waitFor();
  await sound(page);
  await page.locator('[id="forget-n-3"]').click();
  await button(page, "Sì, elimina").click();
  await row.getByText("Anche nel tuo spazio personale").waitFor();
  await page.locator("p.notice.warning").waitFor({ state: "detached" });
  await page.context().close();
});

test("without a network what is written waits, and says so", async () => {
  const page = await device(MARIA);
  await make(page, "Maria");
  await inSpace(page);
  await page.context().setOffline(true);
  await box(page, "basics.name").fill("Maria Rossi");
  await state(page, "appena torna la rete");
  await page.context().setOffline(false);
  await inSpace(page);
  // What cannot be kept there is told, and kept here.
  await box(page, "basics.email").fill("maria");
  await state(page, "correggi prima i campi segnati");
  await box(page, "basics.email").fill("maria@posta.example");
  await inSpace(page);
  const other = await device(MARIA);
  assert.deepEqual(await list(other), ["Maria Rossi"]);
  await page.context().close();
  await other.context().close();
});
