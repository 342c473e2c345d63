// SPDX-License-Identifier: EUPL-1.2
// The CV worker in a real browser: the PDF without a network is the one of the edge, and the preview is drawn beside it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { settled, start } from "./system.mjs";

const JOBS = Array.from({ length: 9 }, (_, n) => ({
  position: `Addetta alle vendite ${n}`,
  name: "Negozio dell'Esempio",
  startDate: `${2010 + n}-03`,
  endDate: `${2011 + n}-02`,
  highlights: ["Ho servito i clienti alla cassa e in corsia.", "Ho tenuto in ordine il magazzino."],
}));
const CV = { basics: { name: "Ada Fo", email: "ada.fo@posta.example.it" }, work: JOBS, x_style: { look: "modern" } };

let system, page;
before(async () => {
  system = await start();
  page = await system.visit();
  await page.goto("/aiuto");
  await settled(page);
  await page.evaluate(() => {
    const url = document.querySelector('meta[name="asset:cv/cv-worker.js"]').content;
    const worker = new Worker(url, { type: "module" });
    const waiting = new Map();
    let last = 0;
    worker.onmessage = ({ data }) => waiting.get(data.id)(data);
    worker.onerror = (event) => waiting.forEach((done) => done({ error: event.message }));
    window.ask = (call, ...args) =>
      new Promise((done) => {
        last += 1;
        waiting.set(last, done);
        worker.postMessage({ id: last, call, args });
      });
    /** How many dots of a bitmap are darker than paper. */
    window.ink = (bitmap) => {
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext("2d");
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      let dark = 0;
      for (let at = 0; at < data.length; at += 4) dark += data[at] < 128 ? 1 : 0;
      return dark;
    };
  });
});
after(() => system?.stop());

test("the PDF made on the device without a network has the bytes of the edge", async () => {
  const edge = await page.evaluate(async (cv) => {
    const headers = { "content-type": "application/json" };
    const reply = await fetch("/api/cv/pdf", { method: "POST", headers, body: JSON.stringify(cv) });
    return [...new Uint8Array(await reply.arrayBuffer())];
  }, CV);
  await page.evaluate((cv) => window.ask("pdf", JSON.stringify(cv)), CV);
  await page.context().setOffline(true);
  const [here, spent] = await page.evaluate(async (cv) => {
    const begin = performance.now();
    const answer = await window.ask("pdf", JSON.stringify(cv));
    return [[...answer.pdf], performance.now() - begin];
  }, CV);
  await page.context().setOffline(false);
  assert.deepEqual(here, edge);
  assert.ok(spent < 1_000, `${spent} ms`);
});

test("the preview has the pages of the PDF, with ink on them", async () => {
  const pages = await page.evaluate(async (cv) => {
    const { pages, problems } = await window.ask("pages", JSON.stringify(cv), 600);
    return pages.map((bitmap) => [bitmap.width, bitmap.height, window.ink(bitmap), problems]);
  }, CV);
  assert.equal(pages.length, 2);
  for (const [width, height, dark, problems] of pages) {
    assert.deepEqual([width, height, problems], [600, 849, "[]"]);
    assert.ok(dark > 500, `${dark} dark dots`);
  }
});

test("whoever types quickly gets only the newest preview", async () => {
  const answers = await page.evaluate(async (cv) => {
    const names = ["A", "Ad", "Ada", "Ada F", "Ada Fo"];
    const asked = names.map((name) => window.ask("pages", JSON.stringify({ ...cv, basics: { name } }), 300));
    return (await Promise.all(asked)).map((answer) => answer.stale ?? false);
  }, CV);
  assert.equal(answers.at(-1), false);
  assert.ok(answers.filter((stale) => stale).length >= 3, String(answers));
});

test("what has to be mended is told, and the worker goes on", async () => {
  const answers = await page.evaluate(async () => [
    await window.ask("pdf", '{"basics":{"name":"Ada 李"}}'),
    await window.ask("pdf", "no JSON"),
    await window.ask("letter_pdf", '{"sender":{"name":"Ada"},"paragraphs":["Buongiorno."]}'),
    await window.ask("machine", '{"basics":{"name":"Ada Fo","email":"ada@posta.example.it"}}'),
  ]);
  const [problem] = JSON.parse(answers[0].problems);
  assert.deepEqual([problem.field, problem.code, problem.limit], ["basics.name", "glyphs", "李"]);
  assert.equal(answers[0].pdf, undefined);
  assert.equal(JSON.parse(answers[1].problems)[0].code, "wrong_type");
  assert.equal(answers[2].problems, "[]");
  assert.deepEqual(JSON.parse(answers[3].reading).emails, ["ada@posta.example.it"]);
});
