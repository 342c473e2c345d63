// SPDX-License-Identifier: EUPL-1.2
// Drafts: of an older form, on two devices, and after a page that was killed.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { ADA, MARIO, SOUND, call, goOn, keepDraft, sound } from "./flow.mjs";
import { arrive, press, type } from "./keyboard.mjs";
import { settled, signIn, start } from "./system.mjs";

let system;
before(async () => (system = await start()));
after(() => system?.stop());

/** Writes a draft into the store of the device, as an older page would have. */
function keepOnDevice(page, name, kept) {
  return page.evaluate(
    ([name, text]) =>
      new Promise((done, fail) => {
        const open = indexedDB.open("sportello-lavoro", 1);
        open.onupgradeneeded = () => open.result.createObjectStore("bozze");
        open.onerror = () => fail(open.error);
        open.onsuccess = () => {
          const change = open.result.transaction("bozze", "readwrite");
          change.objectStore("bozze").put(text, name);
          change.oncomplete = () => {
            open.result.close();
            done();
          };
        };
      }),
    [name, JSON.stringify(kept)],
  );
}

test("a draft of an older form is carried over, and what could not be is said", async () => {
  const page = await system.visit();
  await page.goto("/aiuto");
  await settled(page);
  const answers = { ...SOUND, tante: "smarch", campo_di_una_volta: "x" };
  await keepOnDevice(page, "prova", { version: 0, answers, changed: Date.now() - 60_000 });
  await page.goto("/servizi/prova/testi");
  await settled(page);
  const note = page.getByRole("status").filter({ hasText: "Il modulo è cambiato" });
  await note.getByText("Una di tante voci").waitFor();
  await sound(page);
  assert.equal(await page.getByRole("textbox", { name: "Un testo di una riga" }).inputValue(), SOUND.testo);
  await goOn(page);
  await arrive(page, "Scelte");
  assert.ok(await page.getByRole("radio", { name: "La prima" }).isChecked());
  assert.equal(await page.getByRole("combobox", { name: "Una di tante voci" }).inputValue(), "");
  await page.context().close();
});

test("two versions of two devices are shown, and the person chooses", async () => {
  const phone = await system.visit();
  await signIn(phone, ADA, "/servizi/prova/testi");
  await type(phone, "Un testo di una riga", "Insieme");
  await phone.getByText("Salvato anche nel tuo spazio personale").waitFor();

  // The phone goes on without a network; meanwhile somebody writes at the desk.
  await phone.context().setOffline(true);
  await type(phone, "Un testo di una riga", "Dal telefono");
  await phone.getByText("Salvato su questo dispositivo").waitFor();
  const desk = await system.visit();
  await signIn(desk, ADA, "/servizi/prova/testi");
  assert.equal(await desk.getByRole("textbox", { name: "Un testo di una riga" }).inputValue(), "Insieme");
  await type(desk, "Un testo di una riga", "Dal computer");
  await desk.getByText("Salvato anche nel tuo spazio personale").waitFor();

  await phone.context().setOffline(false);
  await phone.reload();
  await settled(phone);
  const choice = phone.getByRole("region", { name: "Hai due versioni delle risposte" });
  await choice.getByText("Dal telefono").waitFor();
  await choice.getByText("Dal computer").waitFor();
  assert.equal(await phone.getByRole("textbox", { name: "Un testo di una riga" }).inputValue(), "Dal computer");
  await sound(phone);
  // Not chosen yet: it is asked again.
  await phone.reload();
  await settled(phone);
  await press(phone, choice.getByRole("button", { name: "Usa quelle di questo dispositivo" }));
  await choice.waitFor({ state: "detached" });
  assert.equal(await phone.getByRole("textbox", { name: "Un testo di una riga" }).inputValue(), "Dal telefono");
  await phone.getByText("Salvato anche nel tuo spazio personale").waitFor();
  const { body } = await call(phone, "GET", "/api/bozze/prova");
  assert.equal(body.risposte.testo, "Dal telefono");

  // The desk has nothing of its own that is new: it takes what is there.
  await desk.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
  await desk.waitForFunction(() => document.getElementById("testo")?.value === "Dal telefono");
  assert.equal(await desk.getByRole("region", { name: "Hai due versioni" }).count(), 0);
  await phone.context().close();
  await desk.context().close();
});

test("a page that is killed loses at most what was typed in its last two seconds", async () => {
  const page = await system.visit();
  await page.goto("/servizi/prova/testi");
  await settled(page);
  await type(page, "Un testo di una riga", "Scritto in tempo");
  await page.waitForTimeout(2_000);
  const devtools = await page.context().newCDPSession(page);
  const dead = page.waitForEvent("crash");
  devtools.send("Page.crash").catch(() => undefined);
  await dead;
  const again = await page.context().newPage();
  await again.goto("/servizi/prova/testi");
  await settled(again);
  assert.equal(await again.getByRole("textbox", { name: "Un testo di una riga" }).inputValue(), "Scritto in tempo");
  await page.context().close();
});

test("whoever begins anew loses the draft here and on the edge, after being asked", async () => {
  const page = await system.visit();
  await signIn(page, MARIO, "/aiuto");
  await keepDraft(page, "prova", SOUND);
  await page.goto("/servizi/prova");
  await settled(page);
  await press(page, page.getByRole("button", { name: "Ricomincia da capo" }).first());
  await press(page, page.getByRole("button", { name: "Sì, ricomincia" }).first());
  await arrive(page, "Testi e numeri");
  assert.equal(await page.getByRole("textbox", { name: "Un testo di una riga" }).inputValue(), "");
  assert.equal((await call(page, "GET", "/api/bozze/prova")).status, 404);
  await page.context().close();
});
