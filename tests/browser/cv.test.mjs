// SPDX-License-Identifier: EUPL-1.2
// The CV and the letter: made by keyboard, kept on the device, printed without a network, taken back in from a file.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { barriers } from "./axe.mjs";
import { type } from "./keyboard.mjs";
import { settled, signIn, start } from "./system.mjs";

let system;
before(async () => (system = await start()));
after(() => system?.stop());

const button = (page, name) => page.getByRole("button", { name, exact: true });
const box = (page, id) => page.locator(`[id="${id}"]`);

/** Presses a button by key; the way to it by the Tab key is long here, so the focus is put there. */
async function press(page, control) {
  await control.focus();
  // What was redrawn just before gives the focus back a moment later, quicker than any hand but not than a test.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await control.focus();
  await page.keyboard.press("Enter");
}

/** Opens the shelf and makes a new document from there. */
async function make(page, name) {
  await page.goto("/cv");
  await settled(page);
  await press(page, button(page, name));
  await page.locator("#cv-undo").waitFor();
}

/** Waits until what was typed is on the device. */
const kept = (page) => page.locator(".save-state", { hasText: "Salvato su questo dispositivo" }).waitFor();

/** Fills in a small CV with nothing but keys. */
async function write(page) {
  await type(page, "Nome e cognome", "Ada Fo");
  await type(page, "Email", "ada.fo@posta.example");
  await press(page, page.locator('[id="work-toggle"]'));
  await press(page, page.locator('[id="work-add"]'));
  await page.waitForFunction(() => document.activeElement?.id === "work[0].position");
  await page.keyboard.type("Barista");
  await type(page, "Datore di lavoro", "Bar Roma");
}

async function narrow(page) {
  await page.setViewportSize({ width: 320, height: 640 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 320, `scrolls sideways at 320 pixels: ${width}`);
}

/** Downloads what the button gives. */
async function download(page, name) {
  const coming = page.waitForEvent("download");
  await button(page, name).first().click();
  return readFile(await (await coming).path());
}

test("a CV is written by keyboard, survives a reload, and changes can be taken back and made again", async () => {
  const page = await system.visit();
  await make(page, "Crea un CV");
  await write(page);
  await kept(page);
  await page.reload();
  await page.locator("#cv-undo").waitFor();
  assert.equal(await box(page, "basics.name").inputValue(), "Ada Fo");
  await press(page, page.locator('[id="work-toggle"]'));
  await press(page, page.locator('[id="work[0]-toggle"]'));
  assert.equal(await box(page, "work[0].name").inputValue(), "Bar Roma");

  await press(page, page.locator('[id="work[0]-remove"]'));
  await page.getByText("Tolto: Barista").first().waitFor();
  assert.equal(await box(page, "work[0]-toggle").count(), 0);
  await press(page, page.locator("#cv-undo"));
  await box(page, "work[0]-toggle").waitFor();
  await press(page, page.locator("#cv-redo"));
  await box(page, "work[0]-toggle").waitFor({ state: "detached" });
  await press(page, page.locator("#cv-undo"));
  await box(page, "work[0]-toggle").waitFor();
  await page.context().close();
});

test("items and sections move and hide by key, and the focus stays with them", async () => {
  const page = await system.visit();
  await make(page, "Crea un CV");
  await write(page);
  await press(page, page.locator('[id="work-add"]'));
  await page.waitForFunction(() => document.activeElement?.id === "work[1].position");
  await page.keyboard.type("Cuoca");
  await press(page, page.locator('[id="work[1]-up"]'));
  await page.waitForFunction(() => document.activeElement?.id === "work[0]-up");
  assert.match(await box(page, "work[0]-toggle").innerText(), /Cuoca/);
  await press(page, page.locator('[id="work[0]-hide"]'));
  await page.getByText("Non stampato").first().waitFor();
  await press(page, page.locator('[id="work-up"]'));
  await page.waitForFunction(() => document.activeElement?.id === "work-up");
  await kept(page);
  await page.context().close();
});

/** Drags the grip of one row over another, well past its middle, with the mouse or a finger. Gives what lets go. */
async function drag(page, from, over, finger = false) {
  await page.evaluate(() => document.fonts.ready);
  const grip = await from.locator(".cv-grip").first().boundingBox();
  const x = grip.x + grip.width / 2;
  const start = grip.y + grip.height / 2;
  const hand = finger ? await page.context().newCDPSession(page) : null;
  const touch = (type, y) =>
    hand.send("Input.dispatchTouchEvent", { type, touchPoints: y === undefined ? [] : [{ x, y }] });
  const move = (y) => (finger ? touch("touchMove", y) : page.mouse.move(x, y));
  if (finger) await touch("touchStart", start);
  else {
    await move(start);
    await page.mouse.down();
  }
  const goal = await over.boundingBox();
  const end = goal.y > grip.y ? goal.y + goal.height * 0.9 : goal.y + goal.height * 0.1;
  for (const part of [0.25, 0.5, 0.75, 1]) await move(start + (end - start) * part);
  return () => (finger ? touch("touchEnd") : page.mouse.up());
}

test("items and sections are dragged by mouse and by finger, and let go where they were nothing changes", async () => {
  for (const finger of [false, true]) {
    const page = await system.visit({ hasTouch: finger, viewport: { width: 1280, height: 1600 } });
    await make(page, "Crea un CV");
    await write(page);
    for (const [index, name] of [[1, "Cuoca"], [2, "Autista"]]) {
      await press(page, box(page, "work-add"));
      await page.waitForFunction((id) => document.activeElement?.id === id, `work[${index}].position`);
      await page.keyboard.type(name);
    }
    await press(page, box(page, "work[2]-toggle"));
    const rows = page.locator(".cv-item");
    const names = () => rows.locator(".cv-toggle strong").allInnerTexts();
    // Only what is at rest is dragged: what was typed is kept, and nothing moves under the hand.
    const shown = async (wanted) => {
      const there = page.waitForFunction(
        (wanted) => [...document.querySelectorAll(".cv-item .cv-toggle strong")].map((one) => one.textContent).join() === wanted,
        wanted.join(),
      );
      await there.catch(async () => assert.deepEqual(await names(), wanted, finger ? "by finger" : "by mouse"));
      await kept(page);
    };
    await shown(["Barista", "Cuoca", "Autista"]);
    const back = await drag(page, rows.nth(1), rows.nth(1), finger);
    await back();
    assert.deepEqual(await names(), ["Barista", "Cuoca", "Autista"]);
    const given = await drag(page, rows.nth(0), rows.nth(2), finger);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("[data-drop], .cv-dragged").count(), 0);
    await given();
    assert.deepEqual(await names(), ["Barista", "Cuoca", "Autista"]);
    const last = await drag(page, rows.nth(0), rows.nth(2), finger);
    assert.equal(await page.locator("[data-drop]").count(), 1);
    await last();
    await shown(["Cuoca", "Autista", "Barista"]);
    assert.equal(await page.locator("[data-drop], .cv-dragged").count(), 0);
    await (await drag(page, rows.nth(2), rows.nth(1), finger))();
    await shown(["Cuoca", "Barista", "Autista"]);
    await page.locator("#cv-undo").click();
    await shown(["Cuoca", "Autista", "Barista"]);

    await box(page, "work-toggle").click();
    const panels = page.locator(".cv-panel[data-row]");
    const titles = () => panels.locator("h2 strong").allInnerTexts();
    const before = await titles();
    await (await drag(page, panels.nth(0), panels.nth(2), finger))();
    await page.waitForFunction((first) => document.querySelector(".cv-panel[data-row] h2 strong").textContent === first, before[1]);
    assert.deepEqual(await titles(), [before[1], before[2], before[0], ...before.slice(3)]);
    await page.context().close();
  }
});

test("with no network the PDF is made on the device, and comes back whole when it is taken in", async () => {
  const page = await system.visit({ acceptDownloads: true });
  await make(page, "Crea un CV");
  await write(page);
  await page.locator(".cv-sheets canvas").first().waitFor({ state: "attached" });
  await page.context().setOffline(true);
  const pdf = await download(page, "Scarica il PDF");
  assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
  await page.locator("#cv-machine").click();
  const read = page.locator(".cv-reading");
  await read.getByText("Ada Fo").first().waitFor();
  await read.getByText("Barista").first().waitFor();

  await box(page, "basics-toggle").click();
  await box(page, "basics.name").fill("Un'altra persona");
  await button(page, "File").click();
  const input = page.locator("#cv-import");
  await input.setInputFiles({ name: "cv.pdf", mimeType: "application/pdf", buffer: pdf });
  await page.getByText("il CV del file ora è nell'editor").first().waitFor();
  await button(page, "Scrivi").click();
  assert.equal(await box(page, "basics.name").inputValue(), "Ada Fo");

  await button(page, "File").click();
  const hostile = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><Candidate>&b;</Candidate>';
  for (const [name, text] of [["cv.xml", hostile], ["cv.json", "[".repeat(100_000)], ["cv.pdf", "%PDF-1.7\nnothing"]]) {
    await input.setInputFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(text) });
    await page.getByText("Quello che avevi scritto non è cambiato").first().waitFor();
  }
  await input.setInputFiles({ name: "cv.json", mimeType: "application/json", buffer: Buffer.alloc(6 << 20, " ") });
  await page.getByText("troppo grande").first().waitFor();
  await button(page, "Scrivi").click();
  assert.equal(await box(page, "basics.name").inputValue(), "Ada Fo");
  const photo = Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>");
  await box(page, "basics.x_photo").setInputFiles({ name: "io.jpg", mimeType: "image/jpeg", buffer: photo });
  await page.getByText("non riesce ad aprire questo file come foto").waitFor();
  assert.equal(await page.locator(".cv-photo").count(), 0);
  await page.context().close();
});

test("the guide makes a letter of answers, and it is printed", async () => {
  const page = await system.visit({ acceptDownloads: true });
  await make(page, "Scrivi una lettera");
  await type(page, "Per quale posto scrivi?", "cuoca di mensa");
  await press(page, button(page, "Scrivi il testo dalle risposte"));
  await page.waitForFunction(() => document.activeElement?.id === "paragraphs[0]");
  assert.match(await box(page, "paragraphs[0]").inputValue(), /cuoca di mensa/);
  await box(page, "sender.name").fill("Ada Fo");
  const pdf = await download(page, "Scarica il PDF");
  assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
  await page.context().close();
});

test("what was answered in the guide is there after a reload, and can be taken back", async () => {
  const page = await system.visit();
  await make(page, "Scrivi una lettera");
  await type(page, "Per quale posto scrivi?", "cuoca di mensa");
  await type(page, "Perché proprio questa azienda?", "cucinate con prodotti del posto");
  await kept(page);
  await page.reload();
  await page.locator("#cv-undo").waitFor();
  assert.equal(await box(page, "x_answers.job").inputValue(), "cuoca di mensa");
  assert.equal(await box(page, "x_answers.why").inputValue(), "cucinate con prodotti del posto");
  await page.locator("#kind").selectOption("spontaneous");
  assert.equal(await box(page, "x_answers.job").inputValue(), "cuoca di mensa");
  await box(page, "x_answers.job").fill("");
  await page.keyboard.press("Control+z");
  await page.waitForFunction(() => document.getElementById("x_answers.job").value === "cuoca di mensa");
  await kept(page);
  await press(page, button(page, "Scrivi il testo dalle risposte"));
  await page.waitForFunction(() => document.activeElement?.id === "paragraphs[0]");
  assert.match(await box(page, "x_answers.job").inputValue(), /cuoca di mensa/);
  assert.equal(await box(page, "subject").inputValue(), "Candidatura spontanea: cuoca di mensa");
  await page.context().close();
});

test("a letter in both languages has each paragraph beside its translation, and is composed in the language to print", async () => {
  const page = await system.visit();
  await make(page, "Scrivi una lettera");
  await type(page, "Per quale posto scrivi?", "cuoca di mensa");
  await press(page, button(page, "Scrivi il testo dalle risposte"));
  await page.waitForFunction(() => document.activeElement?.id === "paragraphs[0]");
  const italian = await box(page, "paragraphs[0]").inputValue();
  await button(page, "Aspetto").click();
  await page.locator('label[for="language-en"]').click();
  await button(page, "Scrivi").click();
  await press(page, button(page, "Le domande della guida"));
  await press(page, button(page, "Scrivi il testo dalle risposte"));
  await page.waitForFunction(() => document.activeElement?.id === "x_en.paragraphs[0]");
  assert.match(await box(page, "x_en.paragraphs[0]").inputValue(), /^I have read your ad/);
  assert.equal(await box(page, "paragraphs[0]").inputValue(), italian, "the Italian text is still there");
  assert.equal(await box(page, "subject").inputValue(), "Candidatura: cuoca di mensa");
  assert.equal(await box(page, "x_en.subject").inputValue(), "Application: cuoca di mensa");
  assert.deepEqual(await barriers(page), []);

  // A paragraph and its translation move and go together, also where one of the two is empty.
  await press(page, box(page, "paragraphs-add"));
  await page.waitForFunction(() => /^paragraphs\[\d\]$/.test(document.activeElement?.id));
  const last = await page.evaluate(() => document.activeElement.id);
  await page.keyboard.type("Solo in italiano");
  await press(page, box(page, `${last}-up`));
  await press(page, box(page, "paragraphs[0]-down"));
  await page.waitForFunction(() => document.activeElement?.id === "paragraphs[1]-down");
  assert.equal(await box(page, "paragraphs[1]").inputValue(), italian);
  assert.match(await box(page, "x_en.paragraphs[1]").inputValue(), /^I have read your ad/);
  await press(page, box(page, "paragraphs[1]-remove"));
  await page.waitForFunction((italian) => document.getElementById("paragraphs[1]").value !== italian, italian);
  const english = await page.locator('[id^="x_en.paragraphs["]').evaluateAll((all) => all.map((one) => one.value ?? "").join());
  assert.doesNotMatch(english, /I have read your ad/);
  await kept(page);
  await page.reload();
  await page.locator("#cv-undo").waitFor();
  assert.equal(await box(page, "x_en.subject").inputValue(), "Application: cuoca di mensa");
  await page.context().close();
});

test("a photo is cut to a square, and nothing of its file remains but the picture", async () => {
  const page = await system.visit();
  await make(page, "Crea un CV");
  const drawn = await page.evaluate(() => {
    const canvas = new OffscreenCanvas(900, 1600);
    canvas.getContext("2d").fillRect(0, 0, 900, 1600);
    return canvas.convertToBlob({ type: "image/jpeg" }).then(async (blob) => [...new Uint8Array(await blob.arrayBuffer())]);
  });
  const told = Buffer.from("Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0 taken at 45.07 N, 7.68 E", "latin1");
  const marker = Buffer.from([0xff, 0xe1, 0, told.length + 2]);
  const buffer = Buffer.concat([Buffer.from(drawn.slice(0, 2)), marker, told, Buffer.from(drawn.slice(2))]);
  await box(page, "basics.x_photo").setInputFiles({ name: "io.jpg", mimeType: "image/jpeg", buffer });
  const picture = page.locator(".cv-photo img");
  await picture.waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "photo-remove");
  const small = Buffer.from((await picture.getAttribute("src")).split(",")[1], "base64");
  assert.ok(!small.includes("Exif") && !small.includes("45.07"), "what the file told is gone");
  const size = await picture.evaluate(async (image) => {
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  });
  assert.deepEqual(size, [480, 480]);
  await press(page, box(page, "photo-remove"));
  await picture.waitFor({ state: "detached" });
  await press(page, page.locator("#cv-undo"));
  await picture.waitFor();
  await page.context().close();
});

test("every format leaves the device without a network, and those that come in again bring the CV back", async () => {
  const page = await system.visit({ acceptDownloads: true });
  await make(page, "Crea un CV");
  await write(page);
  await page.locator(".cv-sheets canvas").first().waitFor({ state: "attached" });
  await kept(page);
  await page.context().setOffline(true);
  await button(page, "File").click();
  const given = {};
  for (const name of ["Word (DOCX)", "Solo testo", "Markdown", "JSON Resume", "Europass (XML)"]) given[name] = await download(page, name);
  assert.equal(given["Word (DOCX)"].subarray(0, 4).toString("latin1"), "PK\x03\x04");
  assert.match(given["Solo testo"].toString(), /Ada Fo[^]*Barista/);
  assert.match(given.Markdown.toString(), /^# Ada Fo/);
  assert.equal(JSON.parse(given["JSON Resume"]).work[0].position, "Barista");
  assert.match(given["Europass (XML)"].toString(), /<Candidate[^]*Barista/);
  for (const [name, ending] of [["JSON Resume", "json"], ["Europass (XML)", "xml"]]) {
    await button(page, "Scrivi").click();
    await box(page, "basics-toggle").click();
    if (!(await box(page, "basics.name").isVisible())) await box(page, "basics-toggle").click();
    await box(page, "basics.name").fill("Un'altra persona");
    await button(page, "File").click();
    await page.locator("#cv-import").setInputFiles({ name: `cv.${ending}`, mimeType: "text/plain", buffer: given[name] });
    await page.getByText("il CV del file ora è nell'editor").first().waitFor();
    await page.waitForFunction(() => !document.querySelector(".save-state")?.textContent.startsWith("Salvo"));
    assert.equal((await page.locator(".cv-work .notice.success").count()), 1, name);
    await page.locator("#cv-undo").click();
    await page.locator("#cv-redo").click();
    await button(page, "Scrivi").click();
    if (!(await box(page, "basics.name").isVisible())) await box(page, "basics-toggle").click();
    assert.equal(await box(page, "basics.name").inputValue(), "Ada Fo", name);
  }

  await page.context().setOffline(false);
  await make(page, "Scrivi una lettera");
  await box(page, "sender.name").fill("Ada Fo");
  await press(page, box(page, "paragraphs-add"));
  await page.waitForFunction(() => document.activeElement?.id === "paragraphs[0]");
  await page.keyboard.type("Vorrei lavorare con voi.");
  await button(page, "File").click();
  assert.equal((await download(page, "Word (DOCX)")).subarray(0, 4).toString("latin1"), "PK\x03\x04");
  assert.match((await download(page, "Solo testo")).toString(), /Ada Fo[^]*Vorrei lavorare con voi\./);
  assert.match((await download(page, "Markdown")).toString(), /Vorrei lavorare con voi\./);
  await page.context().close();
});

test("what was typed a moment before the page went away is there again", async () => {
  const page = await system.visit();
  await make(page, "Crea un CV");
  await box(page, "basics.name").fill("Ada");
  await kept(page);
  const at = page.url();
  for (const leave of [(one) => one.reload(), (one) => one.goto("/aiuto"), (one) => one.close({ runBeforeUnload: true }), (one) => one.goBack()]) {
    const one = await page.context().newPage();
    await one.goto("/cv");
    await one.goto(at);
    await one.locator("#cv-undo").waitFor();
    const name = `Ada ${Math.random()}`;
    await box(one, "basics.name").fill(name);
    await leave(one);
    const other = await page.context().newPage();
    await other.goto(at);
    await other.locator("#cv-undo").waitFor();
    await other.waitForFunction((name) => document.getElementById("basics.name").value === name, name).catch(() => undefined);
    assert.equal(await box(other, "basics.name").inputValue(), name, String(leave));
    await other.close();
    if (!one.isClosed()) await one.close();
  }
  // It is the same CV each time, not a copy beside it.
  await page.goto("/cv");
  await settled(page);
  assert.equal(await page.locator(".cv-shelf h3").count(), 1);
  await page.context().close();
});

test("signs without a drawing are named at their field in both languages, and what was typed stays", async () => {
  const page = await system.visit();
  await make(page, "Crea un CV");
  const wrong = (id) => page.locator(`[id="${id}-error"] .field-error`);
  await type(page, "Nome e cognome", "محمد");
  await type(page, "Titolo professionale", "Cuoco 👍🏽 李雷");
  await wrong("basics.name").filter({ hasText: "Non possiamo stampare questi caratteri" }).filter({ hasText: "م" }).waitFor();
  await wrong("basics.label").filter({ hasText: "👍🏽" }).filter({ hasText: "李" }).waitFor();
  assert.equal(await box(page, "basics.name").inputValue(), "محمد");
  assert.match(await box(page, "basics.label").getAttribute("aria-describedby"), /basics\.label-error/);
  assert.deepEqual(await barriers(page), []);
  await box(page, "basics.name").fill("Ada \u202eoF");
  await wrong("basics.name").filter({ hasText: "Ci sono caratteri che non possiamo leggere" }).waitFor();
  assert.equal(await box(page, "basics.name").inputValue(), "Ada \u202eoF");
  await box(page, "basics.name").fill("Ada Fo");
  await wrong("basics.name").waitFor({ state: "detached" });
  await kept(page);
  await page.evaluate(() => localStorage.setItem("lingua", "en"));
  await page.reload();
  await page.locator("#cv-undo").waitFor();
  assert.equal(await box(page, "basics.label").inputValue(), "Cuoco 👍🏽 李雷");
  await wrong("basics.label").filter({ hasText: "We cannot print these characters" }).filter({ hasText: "雷" }).waitFor();
  await button(page, "Download the PDF").first().click();
  await page.locator(".cv-pdf").getByText("We cannot print these characters").waitFor();
  await page.context().close();
});

test("the jobs of the registry come with their name and with where they come from", async () => {
  const page = await system.visit();
  await signIn(page, "RSSMRA89T13F205B", "/cv");
  await make(page, "Crea un CV");
  await button(page, "File").click();
  await button(page, "Aggiungi i lavori dal registro").click();
  await page.getByText(/^Lavori aggiunti: \d/).first().waitFor();
  await button(page, "Scrivi").click();
  await press(page, box(page, "work-toggle"));
  await press(page, box(page, "work[0]-toggle"));
  assert.equal(await box(page, "work[0].position").inputValue(), "Conduttori di carrelli elevatori");
  assert.equal(await box(page, "work[0].name").inputValue(), "Centro Logistico Navile Srl");
  await page.locator(".cv-item").first().getByText(/^Provenienza: Comunicazioni obbligatorie, dati al/).waitFor();
  assert.deepEqual(await barriers(page), []);
  await page.context().close();
});

test("a machine finds no barrier on any page of the editor, and there is room at 320 pixels", async () => {
  const page = await system.visit();
  await make(page, "Crea un CV");
  await write(page);
  for (const part of ["Scrivi", "Aspetto", "File"]) {
    await button(page, part).click();
    assert.deepEqual(await barriers(page), [], part);
  }
  await page.getByRole("button", { name: /^Consigli/ }).click();
  await page.getByRole("heading", { name: "Consigli utili" }).waitFor();
  assert.deepEqual(await barriers(page), [], "Consigli");
  await narrow(page);
  await button(page, "Anteprima").click();
  await page.locator(".cv-sheets canvas").first().waitFor();
  assert.deepEqual(await barriers(page), [], "Anteprima");
  await narrow(page);
  const endless = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
  await box(page, "x_title").fill(endless);
  await kept(page);
  await make(page, "Scrivi una lettera");
  assert.deepEqual(await barriers(page), [], "lettera");
  await page.getByRole("button", { name: /^Prendi i dati da/ }).waitFor();
  await narrow(page);
  await box(page, "recipient.organization").fill(endless);
  await kept(page);
  await page.goto("/cv");
  await settled(page);
  assert.deepEqual(await barriers(page), [], "/cv");
  await narrow(page);
  await page.context().close();
});

test("a copy is made for another ad, and what is thrown away is asked about first", async () => {
  const page = await system.visit();
  await make(page, "Crea un CV");
  await type(page, "Nome e cognome", "Ada Fo");
  await kept(page);
  await page.goto("/cv");
  await settled(page);
  await page.getByRole("button", { name: /^Copia per un annuncio/ }).click();
  await page.getByRole("link", { name: "Ada Fo (copia)" }).waitFor();
  await page.getByRole("button", { name: /^Elimina.*copia/ }).click();
  await page.getByRole("button", { name: "Sì, elimina" }).click();
  await page.getByRole("link", { name: "Ada Fo (copia)" }).waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Ada Fo", exact: true }).waitFor();
  await page.context().close();
});
