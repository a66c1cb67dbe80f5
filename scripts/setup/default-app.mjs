// The program behind `electron [-r FILE] FOLDER`. It goes into resources/default_app.asar of an Electron that came without one.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const require = createRequire(import.meta.url);
const args = process.argv.slice(1);
let folder = '.';
for (let i = 0; i < args.length; i++) {
  const arg = args[i] ?? '';
  if (arg === '-r' || arg === '--require') require(resolve(args[++i] ?? ''));
  else if (!arg.startsWith('-')) {
    folder = resolve(arg);
    break;
  }
}
const about =
  /** @type {{ name?: string, productName?: string, version?: string, main?: string }} */ (
    parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  );
app.setName(about.productName ?? about.name ?? 'Electron');
/**
 * Methods that Electron's own default app calls and its types leave out.
 * @typedef {{ setVersion(version: string): void, setAppPath(path: string): void }} Unlisted
 */
const unlisted = /** @type {Unlisted} */ (/** @type {unknown} */ (app));
unlisted.setVersion(about.version ?? '0.0.0');
unlisted.setAppPath(folder);
Object.assign(process, { defaultApp: true });
await import(pathToFileURL(join(folder, about.main ?? 'index.js')).href);

/** @param {string} text @returns {unknown} */
function parse(text) {
  return JSON.parse(text);
}
