// SPDX-License-Identifier: EUPL-1.2
// The end of a session: announced in time, put off by one press, and when it comes all the same nothing typed is lost.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { ADA, MARIO, SOUND, at, goOn, keepDraft, sound } from "./flow.mjs";
import { arrive, declare, press, tabTo, type } from "./keyboard.mjs";
import { settled, signIn, start } from "./system.mjs";

let system;
before(async () => (system = await start()));
after(() => system?.stop());

/** Ends the session of a page behind its back, as time would. */
async function end(page) {
  const answer = await page.request.post("/api/uscita", { headers: { origin: system.origin } });
  assert.equal(answer.status(), 204);
}

test("a session that ends in the middle of a form loses no answer", async () => {
  const page = await system.visit();
  await signIn(page, ADA, "/servizi/prova/testi");
  await type(page, "Un testo di una riga", "Prima della fine");
  await page.getByText("Salvato anche nel tuo spazio personale").waitFor();
  await end(page);
  await type(page, "Un testo di più righe", "Dopo la fine");
  await page.getByRole("heading", { name: "La sessione è finita" }).waitFor();
  await type(page, "Un numero da 1 a 10", "7");
  await page.getByText("Salvato su questo dispositivo").waitFor();
  await sound(page);

  await press(page, page.getByRole("main").getByRole("link", { name: "Entra con SPID" }).first());
  await press(page, page.getByRole("button", { name: /Ada Fo/ }));
  await settled(page);
  assert.equal(new URL(page.url()).pathname, "/servizi/prova/testi");
  await page.getByRole("button", { name: "Esci" }).waitFor();
  assert.equal(await page.getByRole("textbox", { name: "Un testo di una riga" }).inputValue(), "Prima della fine");
  assert.equal(await page.getByRole("textbox", { name: "Un testo di più righe" }).inputValue(), "Dopo la fine");
  assert.equal(await page.getByRole("textbox", { name: "Un numero da 1 a 10" }).inputValue(), "7");
  await page.context().close();
});

test("two minutes before the end the person is asked, and one press goes on", async () => {
  const page = await system.visit();
  await page.clock.install();
  await signIn(page, MARIO, "/servizi/prova/testi");
  const dialog = page.getByRole("dialog", { name: "Ci sei ancora?" });
  await page.clock.fastForward("12:00");
  assert.equal(await dialog.isVisible(), false);
  await page.clock.fastForward("01:30");
  await dialog.waitFor();
  assert.ok(await dialog.evaluate((element) => element.contains(document.activeElement)), "the focus is in it");
  const renewed = page.waitForResponse((answer) => answer.url().endsWith("/api/sessione/rinnovo"));
  await page.keyboard.press("Enter");
  assert.equal((await renewed).status(), 200);
  await dialog.waitFor({ state: "hidden" });
  await page.clock.fastForward("12:00");
  assert.equal(await dialog.isVisible(), false, "the time began anew");
  await page.context().close();
});

test("whoever works on the page is never asked, and whoever has stopped is", async () => {
  const page = await system.visit();
  await page.clock.install();
  await signIn(page, MARIO, "/servizi/prova/testi");
  const dialog = page.getByRole("dialog", { name: "Ci sei ancora?" });
  const renewal = () => page.waitForResponse((answer) => answer.url().endsWith("/api/sessione/rinnovo"));
  await page.clock.fastForward("12:30");
  await tabTo(page, page.getByRole("textbox", { name: "Un testo di una riga" }));
  let renewed = renewal();
  await page.clock.fastForward("01:00");
  assert.equal((await renewed).status(), 200);
  assert.equal(await dialog.isVisible(), false);

  // The edge would wait longer now, but the last key was pressed 13 minutes ago.
  await page.clock.fastForward("12:15");
  await dialog.waitFor();
  const ended = page.waitForResponse((answer) => answer.url().endsWith("/api/uscita"));
  await page.clock.fastForward("02:00");
  assert.equal((await ended).status(), 204);
  await page.getByRole("heading", { name: "La sessione è finita" }).waitFor();
  await page.context().close();
});

test("who signs in straight to the home page is greeted there, and whoever did not is not asked for", async () => {
  const page = await system.visit();
  const asked = [];
  page.on("request", (request) => request.url().endsWith("/api/me") && asked.push(request.url()));
  await page.goto("/");
  await settled(page);
  await page.getByRole("banner").getByRole("link", { name: "Accedi" }).waitFor();
  assert.deepEqual(asked, [], "a stranger costs no refused question");

  await page.goto(`/api/accesso?ritorno=/&login_hint=${MARIO}`);
  await page.getByRole("banner").getByRole("button", { name: "Esci" }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/");
  assert.equal(asked.length, 1);
  assert.equal(await page.evaluate(() => document.cookie), "", "what told of it is gone");
  await page.context().close();
});

test("while the edge is asked who is there, whoever was signed in is not shown the way in, and nothing moves", async () => {
  for (const viewport of [{ width: 360, height: 740 }, { width: 1280, height: 800 }]) {
    const page = await system.visit({ viewport });
    await page.addInitScript(() => {
      window.moved = [];
      const head = (node) => (node instanceof Element ? node : node?.parentElement)?.closest(".site-head") != null;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.moved.push(...entry.sources.filter((source) => head(source.node)).map(() => entry.value));
      }).observe({ type: "layout-shift", buffered: true });
    });
    await signIn(page, MARIO, "/aiuto");
    let answer;
    const asked = new Promise((done) => (answer = done));
    await page.route("**/api/me", async (route) => {
      await asked;
      await route.continue();
    });
    await page.reload({ waitUntil: "commit" });
    await page.locator("main h1").first().waitFor();
    await page.waitForFunction(() => document.getElementById("skeleton") === null);
    const wayIn = page.locator(".site-head [data-element='personal-area-login']");
    assert.equal(await wayIn.count(), 1, "it keeps its place");
    assert.equal(await wayIn.isVisible(), false);
    assert.equal(await page.getByRole("button", { name: "Esci" }).count(), 0);
    answer();
    await page.getByRole("button", { name: "Esci" }).waitFor();
    await settled(page);
    assert.deepEqual(await page.evaluate(() => window.moved), []);

    await end(page);
    await page.reload();
    await wayIn.waitFor();
    await page.context().close();
  }
});

test("an answer of the edge that it cannot answer now leaves everything where it is", async () => {
  const page = await system.visit({ serviceWorkers: "block" });
  await signIn(page, MARIO, "/aiuto");
  const { confermo, ...rest } = SOUND;
  assert.ok(confermo);
  const body = "%PDF-1.7\n";
  const headers = { "content-type": "application/pdf", origin: system.origin };
  const file = await (await page.request.post("/api/file", { headers, data: Buffer.from(body) })).json();
  await keepDraft(page, "prova", { ...rest, documento: file.id });
  await page.goto("/servizi/prova/dichiarazioni");
  await settled(page);
  const busy = { type: "/problemi/unavailable", title: "Servizio non disponibile", status: 503, detail: "Riprova tra poco.", instance: "/", code: "unavailable" };
  const locked = (route) =>
    route.request().method() === "GET"
      ? route.fallback()
      : route.fulfill({ status: 503, headers: { "retry-after": "5" }, contentType: "application/problem+json", body: JSON.stringify(busy) });
  await page.route(/\/api\/(bozze|pratiche)/, locked);
  await declare(page, "Confermo che sto solo provando il sistema");
  await page.getByText("Salvato su questo dispositivo").waitFor();
  await goOn(page);
  await arrive(page, "Controlla le tue risposte");
  await press(page, page.getByRole("button", { name: "Invia", exact: true }));
  await page.getByRole("heading", { name: "Non siamo riusciti a inviare" }).waitFor();
  await page.getByText("Riprova tra poco.").waitFor();
  await sound(page);
  await page.reload();
  await arrive(page, "Controlla le tue risposte").catch(() => undefined);
  await page.getByRole("heading", { level: 1, name: "Controlla le tue risposte" }).waitFor();
  await page.unroute(/\/api\/(bozze|pratiche)/, locked);
  await press(page, page.getByRole("button", { name: "Invia", exact: true }));
  await at(page, "Abbiamo ricevuto la tua richiesta");
  await page.context().close();
});
