// SPDX-License-Identifier: EUPL-1.2
// Every page: no barrier that a machine can find, no error in the console, one h1, a title, room at 320 pixels.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { barriers } from "./axe.mjs";
import { settled, signIn, start } from "./system.mjs";

const CITIZEN = "FOXDAA00B69A944O";
const OPERATOR = "VRDLCU80A01A944V";

/** To strangers the edge answers 401 when the app asks who is there: that is how it says "nobody". */
const STRANGER = [401, "/api/me"];

/** Pages that are the same for all: of a stranger they do not ask. */
const FOR_ALL = ["/", "/servizi", "/servizi/did", "/privacy", "/accessibilita", "/note-legali", "/aiuto", "/uffici", "/uffici/bologna"];
const PUBLIC = [
  ...FOR_ALL,
  "/servizi/did/scopo",
  "/accesso",
  "/accesso-non-riuscito?motivo=annullato",
  "/appuntamenti",
  "/cv",
  // Nobody is signed in: the page says how, and has its name all the same.
  "/area-personale",
  "/area-personale/appuntamenti/nulla",
  "/area-personale/pratiche/nulla",
  "/sportello/agenda",
  "/sportello/pratiche/nulla",
];
const SIGNED_IN = [
  [CITIZEN, "/area-personale"],
  [CITIZEN, "/area-personale/appuntamenti"],
  [CITIZEN, "/area-personale/messaggi"],
  [CITIZEN, "/area-personale/dati"],
  [OPERATOR, "/sportello"],
  [OPERATOR, "/sportello/agenda"],
];

/** Pages of one thing, and what the edge is asked for it. */
const MISSING = [
  [CITIZEN, "/area-personale/appuntamenti/nulla", "/api/appuntamenti/nulla"],
  [CITIZEN, "/area-personale/pratiche/nulla", "/api/pratiche/nulla"],
  [OPERATOR, "/sportello/pratiche/nulla", "/api/operatore/pratiche/nulla"],
  [OPERATOR, "/sportello/agenda?appuntamento=nulla", "/api/operatore/appuntamenti/nulla"],
];

let system;
before(async () => (system = await start()));
after(() => system?.stop());

/**
 * What the page says to developers: nothing is fine. The browser itself reports refused requests as errors: `refused`
 * names those that are meant to be refused, by status and path.
 */
function listen(page, refused = []) {
  const said = [];
  page.on("console", (message) => {
    const text = `${message.text()} (${message.location().url})`;
    const meant = refused.some(([status, path]) => text.includes(` ${status} `) && text.endsWith(`${path})`));
    if (message.type() === "error" && !meant) said.push(text);
  });
  page.on("pageerror", (error) => said.push(String(error)));
  return said;
}

async function check(page) {
  assert.equal(await page.locator("h1").count(), 1, "exactly one h1");
  assert.match(await page.title(), /^\S.* - .*Sportello Lavoro$/);
  assert.equal(await page.evaluate(() => document.documentElement.lang), "it");
  assert.deepEqual(await barriers(page), []);
  await page.setViewportSize({ width: 320, height: 640 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 320, `scrolls sideways at 320 pixels: ${width}`);
}

describe("public pages", () => {
  for (const path of PUBLIC) {
    test(path, async () => {
      const page = await system.visit();
      const said = listen(page, FOR_ALL.includes(path) ? [] : [STRANGER]);
      const response = await page.goto(path);
      assert.equal(response.status(), 200);
      await settled(page);
      await check(page);
      assert.deepEqual(said, []);
      await page.context().close();
    });
  }

  test("an unknown page answers 404 and says so", async () => {
    const page = await system.visit();
    const said = listen(page, [STRANGER, [404, "/pagina-che-non-esiste"]]);
    const response = await page.goto("/pagina-che-non-esiste");
    assert.equal(response.status(), 404);
    await settled(page);
    assert.match(await page.locator("h1").innerText(), /non (c'è|esiste|trovata)/i);
    await check(page);
    assert.deepEqual(said, []);
    await page.context().close();
  });
});

test("a page that waits to be told who is there has its title all the same", async () => {
  for (const path of ["/area-personale/appuntamenti/nulla", "/area-personale/pratiche/nulla", "/sportello/pratiche/nulla"]) {
    const page = await system.visit();
    let tell;
    const told = new Promise((done) => (tell = done));
    await page.route("**/api/me", async (route) => {
      await told;
      await route.continue();
    });
    await page.goto(path);
    await page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => name.includes("/split_")));
    await page.locator("main p.waiting").waitFor();
    tell();
    await page.locator("main h1").waitFor();
    await page.waitForFunction(() => document.title.includes(" - "));
    await check(page);
    await page.context().close();
  }
});

describe("pages of what is not there", () => {
  for (const [person, path, asked] of MISSING) {
    test(path, async () => {
      const page = await system.visit();
      const said = listen(page, [[404, asked]]);
      await signIn(page, person, path);
      await page.getByRole("heading", { level: 1, name: "Non troviamo quello che cerchi" }).waitFor();
      await page.getByRole("main").getByRole("link", { name: "Vai alla pagina iniziale" }).waitFor();
      await check(page);
      assert.deepEqual(said, []);
      await page.context().close();
    });
  }
});

describe("pages of people who are signed in", () => {
  for (const [person, path] of SIGNED_IN) {
    test(path, async () => {
      const page = await system.visit();
      const said = listen(page);
      await signIn(page, person, path);
      assert.equal(new URL(page.url()).pathname, path);
      await check(page);
      assert.deepEqual(said, []);
      await page.context().close();
    });
  }
});

test("what a page needs besides the first part sets out with it, and is not dozens of files", async () => {
  for (const path of ["/servizi", "/servizi/did/scopo", "/area-personale", "/area-personale/appuntamenti", "/appuntamenti", "/uffici", "/sportello", "/sportello/agenda", "/cv", "/cv/nuovo"]) {
    const page = await system.visit({ serviceWorkers: "block" });
    await page.goto(path);
    await settled(page);
    const files = await page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .filter(({ name }) => /\/(split_|chunk_|parts-)/.test(name))
        .map(({ name, initiatorType }) => [new URL(name).pathname, initiatorType]),
    );
    assert.ok(files.some(([name]) => name.includes("/split_")), `${path} has a part`);
    assert.ok(files.length < 16, `${path}: ${files.length} files`);
    assert.deepEqual(files.filter(([, from]) => from !== "link"), [], `${path}: nothing comes later`);
    await page.context().close();
  }
});

test("a part that does not come says so, and comes when it is asked for again", async () => {
  for (const missing of ["parts-", "split_services-", "chunk_"]) {
    const page = await system.visit({ serviceWorkers: "block" });
    const file = new RegExp(`/assets/${missing}`);
    await page.route(file, (route) => route.abort());
    await page.goto("/servizi/did");
    await page.getByRole("heading", { level: 1, name: "Pagina non caricata" }).waitFor();
    await page.unroute(file);
    await page.getByRole("button", { name: "Riprova" }).click();
    await page.getByRole("heading", { level: 1, name: /disponibilità/i }).waitFor();
    await page.context().close();
  }
});

test("changing page by a link moves the focus to the title and changes the window's", async () => {
  const page = await system.visit();
  await page.goto("/");
  await settled(page);
  const before = await page.title();
  await page.getByRole("navigation", { name: "Principale" }).getByRole("link", { name: "Servizi" }).click();
  await page.getByRole("heading", { level: 1, name: "Servizi" }).waitFor();
  await page.waitForFunction(() => document.activeElement === document.querySelector("main h1"));
  assert.notEqual(await page.title(), before);
  assert.match(await page.title(), /^Servizi - /);
  await page.context().close();
});
