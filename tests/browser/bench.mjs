// SPDX-License-Identifier: EUPL-1.2
// What `cargo xtask bench` measures in a browser: the PDF of a CV made on the device, beside the same CV printed by the
// browser itself, and the bytes that the editor costs. Called with the address of a running system; answers in JSON.
//
// A browser slows only the main thread of a page when it is told to; a worker goes on as before. So the worker is timed as
// it is, and then its very code on the main thread, where the slowdown holds: how well is measured with a loop beside it.

import { readFile } from "node:fs/promises";

import { launch, settled } from "./system.mjs";

const CV = new URL("../../edge/documents/tests/papers/curricula/shop-assistant.json", import.meta.url);
/** Papers that count, after those that do not. */
const TIMES = 25;
const WARM_UP = 5;
const SLOWDOWN = 4;

const origin = process.argv[2];
const cv = await readFile(CV, "utf8");

const median = (list) => [...list].sort((one, other) => one - other)[Math.floor(list.length / 2)];

/** Times something that is done one after the other, in milliseconds. */
async function timed(act) {
  const all = [];
  for (let turn = 0; turn < WARM_UP + TIMES; turn += 1) {
    const begin = performance.now();
    await act();
    if (turn >= WARM_UP) all.push(performance.now() - begin);
  }
  return median(all);
}

/** In the page: papers by the worker, by its code on this thread, and a loop of arithmetic. */
function prepare() {
  const url = document.querySelector('meta[name="asset:cv/cv-worker.js"]').content;
  const worker = new Worker(url, { type: "module" });
  const byWorker = (text) =>
    new Promise((done, fail) => {
      worker.onmessage = ({ data }) => (data.pdf ? done(data.pdf.length) : fail(new Error(JSON.stringify(data))));
      worker.postMessage({ id: 1, call: "pdf", args: [text] });
    });
  let code;
  const here = async (text) => {
    if (!code) {
      // The script of the worker names the other two.
      const script = await (await fetch(url)).text();
      const [, module] = script.match(/from '([^']+)'/);
      const [, wasm] = script.match(/module_or_path: '([^']+)'/);
      code = await import(module);
      await code.default({ module_or_path: wasm });
    }
    return code.pdf(text).pdf.length;
  };
  const loop = () => {
    let sum = 0;
    for (let turn = 0; turn < 20_000_000; turn += 1) sum = (sum * 31 + turn) | 0;
    return sum;
  };
  const median = (list) => list.sort((one, other) => one - other)[Math.floor(list.length / 2)];
  window.measure = async (which, text, times, warmUp) => {
    const act = { byWorker, here, loop }[which];
    const all = [];
    for (let turn = 0; turn < warmUp + times; turn += 1) {
      const begin = performance.now();
      await act(text);
      if (turn >= warmUp) all.push(performance.now() - begin);
    }
    return median(all);
  };
}

/** The same words as a page, for the browser's own printer. */
function asPage(doc) {
  const text = (value) => String(value).replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);
  const value = (one) => {
    if (Array.isArray(one)) return `<ul>${one.map((each) => `<li>${value(each)}</li>`).join("")}</ul>`;
    if (one && typeof one === "object") {
      const shown = Object.entries(one).filter(([key, each]) => !/^x_(id|en|photo|hidden)$/.test(key) && each !== "");
      return shown.map(([key, each]) => `<b>${text(key)}</b> ${value(each)}`).join(" · ");
    }
    return text(one);
  };
  const { basics, meta, x_style, x_order, ...sections } = doc;
  const chapters = Object.entries(sections).filter(([, list]) => typeof list === "object");
  return `<!doctype html><html lang="it"><head><title>${text(basics.name)}</title><style>
    @page { size: A4; margin: 12mm } body { font: 9pt/1.25 "Titillium Web", sans-serif } ul { margin: 0 0 2pt }
    </style></head><body><h1>${text(basics.name)}</h1>${value(basics)}
    ${chapters.map(([name, list]) => `<h2>${text(name)}</h2>${value(list)}`).join("")}</body></html>`;
}

/** Bytes that an empty device loads until the preview of a new CV stands: all, and those for the worker. */
async function loaded(browser) {
  const context = await browser.newContext({ baseURL: origin, locale: "it-IT", serviceWorkers: "block" });
  const page = await context.newPage();
  const got = [];
  context.on("requestfinished", (request) => got.push(request));
  await page.goto("/cv");
  await settled(page);
  await page.locator("#new-cv").click();
  await page.locator("#cv-sheets canvas").first().waitFor();
  await page.waitForLoadState("networkidle");
  let all = 0;
  let worker = 0;
  for (const request of got) {
    const { responseBodySize } = await request.sizes();
    all += responseBodySize;
    if (/\/(cv-)?worker-/.test(request.url())) worker += responseBodySize;
  }
  await context.close();
  return { all, worker };
}

async function papers(browser) {
  const context = await browser.newContext({ baseURL: origin, locale: "it-IT" });
  const page = await context.newPage();
  await page.goto("/aiuto");
  await settled(page);
  await page.evaluate(prepare);
  const measure = (which) => page.evaluate((asked) => window.measure(...asked), [which, cv, TIMES, WARM_UP]);
  const session = await context.newCDPSession(page);
  const slow = (rate) => session.send("Emulation.setCPUThrottlingRate", { rate });
  const told = { worker: await measure("byWorker"), here: await measure("here"), loop: await measure("loop") };
  await slow(SLOWDOWN);
  told.worker_slow = await measure("byWorker");
  told.here_slow = await measure("here");
  told.loop_slow = await measure("loop");
  await slow(1);
  await context.close();
  return told;
}

/** A page that is open already, printed again and again. */
async function printed(browser) {
  const context = await browser.newContext({ locale: "it-IT" });
  const page = await context.newPage();
  await page.setContent(asPage(JSON.parse(cv)));
  const print = () => page.pdf({ format: "A4", preferCSSPageSize: true, tagged: true });
  const pages = (await print()).toString("latin1").match(/\/Type \/Page\b/g)?.length ?? 0;
  const fast = await timed(print);
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  const slow = await timed(print);
  await context.close();
  return { print: fast, print_slow: slow, print_pages: pages };
}

const browser = await launch();
try {
  const bytes = await loaded(browser);
  console.log(JSON.stringify({ bytes, ...(await papers(browser)), ...(await printed(browser)) }));
} finally {
  await browser.close();
}
