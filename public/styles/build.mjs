// SPDX-License-Identifier: EUPL-1.2
// Compiles main.scss into one small sheet: node public/styles/build.mjs OUT.css
//
// Sass, then PurgeCSS (only class names that stand in the Rust sources or the HTML are kept: never
// glue a class name together from parts), then lightningcss. `cargo xtask build` calls it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'lightningcss';
import { PurgeCSS } from 'purgecss';
import * as sass from 'sass';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');

const compiled = sass.compile(path.join(here, 'main.scss'), {
  loadPaths: [path.join(root, 'public/node_modules')],
  // Bootstrap Italia 2.18 is written for the Sass of 2022; its warnings are not ours to mend.
  quietDeps: true,
  logger: sass.Logger.silent,
});

const sources = below(path.join(root, 'app/src'), '.rs').concat(below(path.join(root, 'public'), '.html'));
const [purged] = await new PurgeCSS().purge({
  content: sources,
  css: [{ raw: compiled.css }],
  defaultExtractor: text => text.match(/[A-Za-z0-9_-]+/g) ?? [],
  safelist: { standard: [/^:/, 'html', 'body', 'dialog'], variables: [/^--bootstrap-italia-version/] },
});

const version = (major, minor = 0) => (major << 16) | (minor << 8);
const { code } = transform({
  filename: 'main.css',
  code: Buffer.from(purged.css),
  minify: true,
  targets: { chrome: version(109), edge: version(109), firefox: version(115), safari: version(15, 4), ios_saf: version(15, 4) },
});
const css = code.toString();
// Checkers of public sites read the version of the design system from here, and only in double quotes.
if (!/--bootstrap-italia-version:\s*"\d/.test(css)) throw new Error('the version of Bootstrap Italia is gone from the style sheet');
writeFileSync(process.argv[2], css);

function below(folder, extension) {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter(name => name.endsWith(extension) && !name.includes('node_modules'))
    .map(name => path.join(folder, name));
}
