// SPDX-License-Identifier: EUPL-1.2
// After one visit the app opens without a network; nothing of a person is kept by what opens it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { ADA, SOUND, goOn, keepDraft, sound } from "./flow.mjs";
import { arrive, type } from "./keyboard.mjs";
import { settled, signIn, start } from "./system.mjs";

let system;
before(async () => (system = await start()));
after(() => system?.stop());

/** Waits until the worker has everything and serves the page. */
async function ready(page) {
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active.state !== "activated") await new Promise((done) => active.addEventListener("statechange", done));
    if (!navigator.serviceWorker.controller) {
      await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done));
    }
  });
}

test("after the first visit every page opens without a network", async () => {
  const page = await system.visit();
  await page.goto("/");
  await settled(page);
  await ready(page);
  await page.close();
  await page.context().setOffline(true);
  const again = await page.context().newPage();
  for (const [path, title] of [
    ["/", /Inizia da qui/],
    ["/servizi/did", /DID/],
    ["/servizi/prova/testi", /Testi e numeri/],
    ["/aiuto", /Aiuto/],
    ["/una-pagina-che-non-esiste", /non c'è/],
  ]) {
    await again.goto(path);
    await again.getByRole("heading", { level: 1, name: title }).waitFor();
  }
  await again.context().close();
});

test("the browser offers to install it as an app", async () => {
  const page = await system.visit();
  await page.goto("/");
  await settled(page);
  await ready(page);
  const tools = await page.context().newCDPSession(page);
  const { errors } = await tools.send("Page.getAppManifest");
  assert.deepEqual(errors, []);
  // Contexts of tests are like private windows, where nothing is ever installed: that alone stands in the way.
  const { installabilityErrors } = await tools.send("Page.getInstallabilityErrors");
  assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId), ["in-incognito"]);
  await page.context().close();
});

test("a form that was begun goes on without a network, also on a fresh page", async () => {
  const page = await system.visit();
  await signIn(page, ADA, "/aiuto");
  await keepDraft(page, "prova", SOUND);
  await page.goto("/servizi/prova/luoghi");
  await settled(page);
  await type(page, "Via e numero civico", "via Nuova 2");
  await page.getByText("Salvato anche nel tuo spazio personale").waitFor();
  await ready(page);
  await page.close();
  const context = page.context();
  await context.setOffline(true);
  const again = await context.newPage();
  await again.goto("/servizi/prova/luoghi");
  await again.getByRole("heading", { level: 1, name: "Luoghi" }).waitFor();
  assert.equal(await again.getByRole("textbox", { name: "Via e numero civico" }).inputValue(), "via Nuova 2");
  // The list of places is there as well.
  await again.waitForFunction(() => document.getElementById("comune").value === "Bologna (BO)");
  await type(again, "Via e numero civico", "via Senza Rete 3");
  await again.getByText("Salvato su questo dispositivo").waitFor();
  await goOn(again);
  await arrive(again, "Contatti");
  await sound(again);
  await context.setOffline(false);
  await again.reload();
  await settled(again);
  await again.getByText("Salvato anche nel tuo spazio personale").waitFor();
  const draft = await again.evaluate(async () => (await fetch("/api/bozze/prova")).json());
  assert.equal(draft.risposte.indirizzo, "via Senza Rete 3");
  await context.close();
});

test("what opens the app keeps nothing of a person, and only files of one version", async () => {
  const page = await system.visit();
  await signIn(page, ADA, "/area-personale");
  await page.goto("/area-personale/dati");
  await settled(page);
  await ready(page);
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const all = [];
    for (const name of names) for (const request of await (await caches.open(name)).keys()) all.push(new URL(request.url).pathname);
    return { names, all };
  });
  assert.equal(kept.names.length, 1);
  assert.ok(kept.all.length > 10);
  for (const path of kept.all) {
    assert.ok(path === "/" || path === "/aiuto" || path.startsWith("/assets/"), `${path} is a file of the site`);
  }
  await page.context().close();
});

test("the worker stands at a fixed address, is asked for again each time, and is held to the policy", async () => {
  const page = await system.visit();
  const answer = await page.request.get("/service-worker.js");
  assert.equal(answer.status(), 200);
  const headers = answer.headers();
  assert.match(headers["content-type"], /^text\/javascript/);
  assert.equal(headers["cache-control"], "no-cache");
  assert.match(headers["content-security-policy"], /worker-src 'self'/);
  const text = await answer.text();
  assert.ok(!text.includes("{{"), "every name is filled in");
  assert.ok(!/"\/api/.test(text));
  for (const file of JSON.parse(/const FILES = (\[.*?\]);/s.exec(text)[1])) {
    assert.equal((await page.request.get(file)).status(), 200, file);
  }
  await page.context().close();
});
