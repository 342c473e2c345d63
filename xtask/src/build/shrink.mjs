// SPDX-License-Identifier: EUPL-1.2
// Makes each FILE smaller: node xtask/src/build/shrink.mjs OPTIMIZE SHRINK PASSES FILE ...
// OPTIMIZE and SHRINK are the levels of wasm-opt (2 2 is its -Oz), PASSES what runs after them, with commas between or
// empty. One process for all files: to start the tool anew takes it longer than most files do.
import { readFileSync, writeFileSync } from 'node:fs';
import binaryen from '../../../public/node_modules/binaryen/index.js';

// Those that rustc turns on for this target; the section that lists them is gone by now.
const { Features } = binaryen;
const features =
  Features.BulkMemory |
  Features.BulkMemoryOpt |
  Features.MutableGlobals |
  Features.Multivalue |
  Features.NontrappingFPToInt |
  Features.ReferenceTypes |
  Features.CallIndirectOverlong |
  Features.SignExt;

const [optimize, shrink, passes, ...files] = process.argv.slice(2);
binaryen.setOptimizeLevel(Number(optimize));
binaryen.setShrinkLevel(Number(shrink));
binaryen.setGenerateStackIR(true);
binaryen.setOptimizeStackIR(true);
for (const file of files) {
  const module = binaryen.readBinary(readFileSync(file), features);
  module.optimize();
  module.runPasses(passes.split(',').filter(Boolean));
  writeFileSync(file, module.emitBinary());
  module.dispose();
}
