// SPDX-License-Identifier: EUPL-1.2
// Writes FILE.br beside each FILE: node xtask/src/build/brotli.mjs FILE ...
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

for (const file of process.argv.slice(2)) {
  const contents = readFileSync(file);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: contents.length,
  };
  writeFileSync(`${file}.br`, brotliCompressSync(contents, { params }));
}
