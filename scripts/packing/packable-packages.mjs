import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { readJson } from '../setup/json.mjs';
import { root } from '../setup/places.mjs';
import { packageIn } from './packed-packages.mjs';

/** @typedef {{ dev?: boolean, dependencies?: Record<string, string> }} Locked */

const IMPORT = /\b(?:from|import\()\s*'((?:@[\w.-]+\/)?[a-z][\w.-]*)(?:\/[^']*)?'/g;
/** It is packed, but as no package. */
const FOUNDATION = 'electron';

/**
 * The npm packages that can get into the packed app, told without packing it: those of `dependencies`, those that the app's own programs
 * import, and all that these depend on. A few more than are packed.
 */
export function packablePackages() {
  const { packages } = /** @type {{ packages: Record<string, Locked> }} */ (
    readJson(join(root, 'package-lock.json'))
  );
  /** @type {Set<string>} */
  const found = new Set();
  /** @param {string} folder of a package in the lock file */
  const add = (folder) => {
    if (found.has(folder)) return;
    found.add(folder);
    for (const name of Object.keys(packages[folder]?.dependencies ?? {})) {
      const place = placeOf(name, folder, packages);
      if (place !== null) add(place);
    }
  };
  for (const name of [...Object.keys(packages['']?.dependencies ?? {}), ...imported()]) {
    const place = placeOf(name, '', packages);
    if (place !== null) add(place);
  }
  return [...found]
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => packageIn(folder) ?? []);
}

/**
 * Where npm has put a package for another: in that one's folder, or nearest above.
 * @param {string} name @param {string} folder @param {Record<string, Locked>} packages
 */
function placeOf(name, folder, packages) {
  for (let at = folder; ; at = posix.dirname(at)) {
    const place = posix.join(at, 'node_modules', name);
    if (Object.hasOwn(packages, place)) return place;
    if (at === '.' || at === '') return null;
  }
}

/** Names of the packages that the app's own programs import. */
function imported() {
  const files = ['main', 'renderer', 'shared'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(ts|mjs|svelte)$/.test(path))
      .map((path) => join(root, room, path)),
  );
  const names = files.flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(IMPORT)].map(([, name = '']) => name),
  );
  return new Set(names.filter((name) => name !== FOUNDATION));
}
