// SPDX-License-Identifier: EUPL-1.2
// CVs printed at the edge and read back by pdf.js, which shares nothing with what wrote them: every word, in order.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { getDocument, VerbosityLevel } from "pdfjs-dist/legacy/build/pdf.mjs";

import { start } from "./system.mjs";

const FOLDER = new URL("../../edge/documents/tests/papers/curricula/", import.meta.url);

let system;
before(async () => (system = await start()));
after(() => system?.stop());

/** The words of a text without the signs around them. */
const words = (text) =>
  text
    .normalize("NFC")
    .toLowerCase()
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== "");

/** How much of one sequence stands in the other in the same order, 0 to 1. */
function likeness(one, other) {
  let above = new Array(other.length + 1).fill(0);
  for (const word of one) {
    const row = [0];
    other.forEach((candidate, at) => row.push(word === candidate ? above[at] + 1 : Math.max(row[at], above[at + 1])));
    above = row;
  }
  return above.at(-1) / Math.max(one.length, other.length, 1);
}

/** The text of a PDF in the order in which it stands there, without what is marked as furniture of the page. */
async function read(bytes) {
  const file = await getDocument({ data: bytes, verbosity: VerbosityLevel.ERRORS, isEvalSupported: false }).promise;
  let text = "";
  for (let number = 1; number <= file.numPages; number += 1) {
    const page = await file.getPage(number);
    const { items } = await page.getTextContent({ includeMarkedContent: true, disableNormalization: false });
    const marks = [];
    for (const item of items) {
      if (item.type === "endMarkedContent") marks.pop();
      else if (item.type) marks.push(item.tag);
      else if (!marks.includes("Artifact")) text += item.hasEOL ? `${item.str}\n` : item.str;
    }
    text += "\n";
  }
  const { info } = await file.getMetadata();
  const attached = Object.keys((await file.getAttachments()) ?? {});
  const { Marked: tagged } = (await file.getMarkInfo()) ?? {};
  await file.destroy();
  return { text, attached, tagged, title: info.Title, language: info.Language };
}

test("pdf.js reads every word of every CV in its order", async () => {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith(".json")).sort();
  assert.ok(names.length > 20, `${names.length} CVs`);
  for (const name of names) {
    const body = await readFile(new URL(name, FOLDER));
    const wanted = (await readFile(new URL(name.replace(/json$/, "txt"), FOLDER), "utf8")).trim().split(/\s+/);
    const headers = { "content-type": "application/json" };
    const reply = await fetch(`${system.origin}/api/cv/pdf`, { method: "POST", headers, body });
    assert.equal(reply.status, 200, name);
    const found = await read(new Uint8Array(await reply.arrayBuffer()));
    const given = words(found.text);
    const like = likeness(wanted, given);
    // A word longer than a line is cut, and then every letter has to be there.
    assert.ok(like >= 0.99 || wanted.join("") === given.join(""), `${name}: ${like}\n${found.text}`);
    assert.equal(found.tagged, true, name);
    assert.deepEqual(found.attached.sort(), ["cv.json", "europass.xml"], name);
    assert.ok(found.title, name);
  }
});
