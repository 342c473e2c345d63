// SPDX-License-Identifier: EUPL-1.2
// Stands behind `split.js`.

/** The parts that are too small for a file each. */
let pack;

/** Answers with one of them, as if it had been asked for alone. */
async function packed(from, to) {
    pack ??= fetch(new URL("{{parts.bin}}", import.meta.url)).then((answer) => {
        if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
        return answer.arrayBuffer();
    });
    const asked = pack;
    try {
        return new Response((await asked).slice(from, to), { headers: { "Content-Type": "application/wasm" } });
    } catch (error) {
        // Whoever tries again asks again.
        if (pack === asked) pack = undefined;
        throw error;
    }
}
