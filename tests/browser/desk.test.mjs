// SPDX-License-Identifier: EUPL-1.2
// A request after it was sent: at the operator's desk by keyboard alone, and taken back by who had sent it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { ADA, DID, MARIO, SOUND, call, keepFile, sound } from "./flow.mjs";
import { arrive, chooseOption, press, tabTo } from "./keyboard.mjs";
import { settled, signIn, start } from "./system.mjs";

const LUCA = "VRDLCU80A01A944V";
const ANNA = "NRENNA82L50A944O";

let system;
before(async () => (system = await start()));
after(() => system?.stop());

/** Presents a trial request as a citizen and gives back what the edge said. */
async function present(page) {
  const documento = await keepFile(page);
  const { status, body } = await call(page, "POST", "/api/pratiche", { servizio: "prova", risposte: { ...SOUND, documento } });
  assert.equal(status, 201, JSON.stringify(body));
  return body;
}

test("an operator finds a request and works on it by keyboard, with reasons", async () => {
  const citizen = await system.visit();
  await signIn(citizen, ADA, "/aiuto");
  const request = await present(citizen);

  const page = await system.visit();
  await signIn(page, LUCA, "/sportello");
  await sound(page);
  await tabTo(page, page.getByRole("searchbox", { name: "Protocollo, nome o codice fiscale" }));
  await page.keyboard.type("nessuno");
  await press(page, page.getByRole("button", { name: "Cerca" }));
  await page.getByRole("main").getByText("Nessuna pratica con questi filtri.").waitFor();
  await sound(page);
  await tabTo(page, page.getByRole("searchbox", { name: "Protocollo, nome o codice fiscale" }));
  await page.keyboard.press("Control+A");
  await page.keyboard.type(request.protocollo);
  await page.keyboard.press("Enter");
  await page.getByRole("main").getByText("Pratiche trovate: 1").waitFor();
  // How many were found is said, also when there are some; a step back brings the search before with its filters.
  const said = (words) => page.waitForFunction((words) => document.getElementById("announcer")?.textContent === words, words);
  await said("Pratiche trovate: 1");
  await page.goBack();
  await page.waitForFunction(() => document.getElementById("q")?.value === "nessuno");
  await said("Nessuna pratica con questi filtri.");
  await page.goForward();
  await page.waitForFunction((number) => document.getElementById("q")?.value === number, request.protocollo);
  await page.getByRole("main").getByText("Pratiche trovate: 1").waitFor();
  await said("Pratiche trovate: 1");
  await press(page, page.getByRole("link", { name: request.protocollo }));
  await page.getByRole("heading", { level: 1, name: `Protocollo ${request.protocollo}` }).waitFor();
  await settled(page);
  const main = page.getByRole("main");
  for (const said of ["Ada Fo", "Seconda riga", "Persona 1: Nome", "carta.pdf"]) {
    assert.ok((await main.innerText()).includes(said), `the desk shows ${said}`);
  }
  await sound(page);
  const file = await main.getByRole("link", { name: "carta.pdf" }).getAttribute("href");
  assert.equal((await page.request.get(file)).status(), 200);

  await press(page, page.getByRole("button", { name: "Prendi in carico" }));
  await main.getByText("Un operatore la sta guardando").first().waitFor();
  await sound(page);
  // A reason is asked for, and an empty one is not taken.
  const ask = page.getByRole("button", { name: "Chiedi un'integrazione" });
  await press(page, ask);
  const reason = page.getByRole("textbox", { name: "Che cosa manca" });
  await reason.waitFor();
  await press(page, ask);
  await page.getByRole("alert").getByText("almeno 10 caratteri").waitFor();
  assert.ok(await reason.evaluate((element) => element === document.activeElement), "the focus is at the reason");
  await sound(page);
  await page.keyboard.type("Manca la copia del permesso.");
  await press(page, ask);
  await main.getByText("Aspettiamo qualcosa da te").first().waitFor();

  // The citizen reads why, and who looked.
  await citizen.goto(`/area-personale/pratiche/${request.id}`);
  await settled(citizen);
  await citizen.getByText("Manca la copia del permesso.").first().waitFor();
  await sound(citizen);
  await citizen.goto("/area-personale/dati");
  await settled(citizen);
  await citizen.getByText("Ha aperto il file «carta.pdf»").first().waitFor();
  await page.context().close();
  await citizen.context().close();
});

test("a DID that the national node refuses is found with the filter and sent again by keyboard", async () => {
  const node = async (refuses) => {
    const world = new URL("/registro/prova", system.origin);
    world.port = String(Number(world.port) + 1);
    const headers = { "content-type": "application/json" };
    const answer = await fetch(world, { method: "POST", headers, body: JSON.stringify({ rifiuto: refuses }) });
    assert.equal(answer.status, 200);
  };
  const citizen = await system.visit();
  await signIn(citizen, MARIO, "/aiuto");
  const other = await present(citizen);
  await node(true);
  const { status, body: request } = await call(citizen, "POST", "/api/pratiche", { servizio: "did", risposte: DID });
  assert.equal(status, 201, JSON.stringify(request));

  const page = await system.visit();
  await signIn(page, LUCA, "/sportello");
  const marked = async () => (await call(page, "GET", "/api/operatore/pratiche?rifiuto_nodo=si")).body.length;
  for (let attempt = 0; (await marked()) === 0; attempt += 1) {
    assert.ok(attempt < 50, "the node has refused it");
    await page.waitForTimeout(100);
  }
  await page.getByRole("link", { name: other.protocollo }).waitFor();
  await chooseOption(page, "Rifiutata dal nodo", "Sì");
  await press(page, page.getByRole("button", { name: "Cerca" }));
  await page.getByRole("main").getByText("Pratiche trovate: 1").waitFor();
  assert.equal(new URL(page.url()).search, "?rifiuto_nodo=si");
  assert.equal(await page.getByRole("link", { name: other.protocollo }).count(), 0);
  await page.getByRole("cell").getByText("Rifiutata dal nodo").waitFor();
  await sound(page);
  // The address alone brings the same page back.
  await page.reload();
  await settled(page);
  await page.getByRole("main").getByText("Pratiche trovate: 1").waitFor();
  assert.equal(await page.getByRole("combobox", { name: "Rifiutata dal nodo" }).inputValue(), "si");

  await press(page, page.getByRole("link", { name: request.protocollo }));
  const title = `Protocollo ${request.protocollo}`;
  await arrive(page, title);
  await settled(page);
  await sound(page);
  // What is to be done comes before what was answered, in reading as in seeing, on a phone as on a desk.
  const titles = ["Il nodo nazionale non accetta questa DID", "Cosa puoi fare", "Risposte", "Che cosa è successo"];
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    const places = await page.locator("main h2").evaluateAll((all) =>
      all.map((one) => [one.textContent, one.getBoundingClientRect()]).map(([name, { x, y }]) => ({ name, x, y })),
    );
    assert.deepEqual(places.map((place) => place.name), titles);
    for (const [n, place] of places.slice(1).entries()) {
      const before = places[n];
      assert.ok(place.y > before.y || place.x > before.x, `${width}: ${place.name} follows ${before.name}`);
    }
  }

  const again = page.getByRole("button", { name: "Trasmetti di nuovo adesso" });
  const announced = (said) =>
    page.waitForFunction((said) => document.getElementById("announcer")?.textContent === said, said);
  await press(page, again);
  await announced("Il nodo l'ha rifiutata di nuovo.");
  await arrive(page, title);
  await page.getByRole("main").getByText("Il nodo l'ha rifiutata di nuovo.").waitFor();
  await sound(page);
  await node(false);
  await press(page, again);
  await announced("Il nodo ha accettato la DID.");
  await arrive(page, title);
  await page.getByRole("main").getByText("Il nodo ha accettato la DID.").waitFor();
  assert.equal(await again.count(), 0);
  await sound(page);
  const { body: kept } = await call(citizen, "GET", `/api/pratiche/${request.id}`);
  assert.match(kept.identificativo_did, /./);
  assert.equal(await marked(), 0);
  await page.context().close();
  await citizen.context().close();
});

test("the second of two operators is told, and nothing is overwritten", async () => {
  const citizen = await system.visit();
  await signIn(citizen, ADA, "/aiuto");
  const { id } = await present(citizen);
  const open = async (person) => {
    const page = await system.visit();
    await signIn(page, person, `/sportello/pratiche/${id}`);
    await page.getByRole("button", { name: "Prendi in carico" }).waitFor();
    return page;
  };
  const [luca, anna] = [await open(LUCA), await open(ANNA)];
  await press(luca, luca.getByRole("button", { name: "Prendi in carico" }));
  await luca.getByText("Un operatore la sta guardando").first().waitFor();
  await press(anna, anna.getByRole("button", { name: "Prendi in carico" }));
  await anna.getByRole("alert").getByText("Nel frattempo un collega").waitFor();
  await sound(anna);
  await press(anna, anna.getByRole("button", { name: "Ricarica la pratica" }));
  await anna.getByText("Un operatore la sta guardando").first().waitFor();
  assert.equal(await anna.getByRole("button", { name: "Prendi in carico" }).count(), 0);
  for (const page of [luca, anna, citizen]) await page.context().close();
});

test("a request is taken back after one more press", async () => {
  const page = await system.visit();
  await signIn(page, MARIO, "/aiuto");
  const { id } = await present(page);
  await page.goto(`/area-personale/pratiche/${id}`);
  await settled(page);
  await sound(page);
  const withdraw = page.getByRole("button", { name: "Ritira la richiesta" });
  await press(page, withdraw);
  await page.getByText("Premi di nuovo per confermare").waitFor();
  assert.equal((await call(page, "GET", `/api/pratiche/${id}`)).body.stato, "protocollata");
  await sound(page);
  await press(page, withdraw);
  await page.getByText("Ritirata da te").first().waitFor();
  assert.equal(await withdraw.count(), 0);
  assert.equal((await call(page, "GET", `/api/pratiche/${id}`)).body.stato, "ritirata");
  await page.context().close();
});
