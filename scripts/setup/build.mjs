import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withTemporary } from './cache.mjs';
import { root } from './places.mjs';
import { duration, say } from './progress.mjs';
import { must } from './run.mjs';

/** The targets, each built into its own folder in dist/, and the sources they depend on. */
const sources = {
  main: ['main', 'shared'],
  renderer: ['renderer', 'shared'],
  trainer: ['main/trainer', 'shared'],
  bench: ['test/bench', 'test/support', 'main/trainer', 'shared'],
};
/** @typedef {keyof typeof sources} Target */

const always = [
  'scripts/vite.config.mjs',
  'scripts/setup/build-target.mjs',
  'package-lock.json',
  ...filesBelow('scripts/language'),
];
const STAMP = '.stamp';
export const dist = join(root, 'dist');

/** @param {string} path @returns {string[]} */
function filesBelow(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  return readdirSync(full, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const below = `${path}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(below) : [below];
    });
}

/** @param {Target} target */
function hashOf(target) {
  const hash = createHash('sha256');
  for (const file of [...always, ...sources[target].flatMap(filesBelow)])
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

/** Builds the targets that have changed since their last build. @param {Target[]} targets */
export async function build(targets) {
  for (const target of targets) {
    const hash = hashOf(target);
    const place = join(dist, target);
    const stamp = join(place, STAMP);
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) continue;
    const start = Date.now();
    await withTemporary(dist, target, async (folder) => {
      // Vite runs in a process of its own; otherwise it would stay in memory for as long as the app runs.
      const script = fileURLToPath(new URL('./build-target.mjs', import.meta.url));
      await must(`Building ${target}`, process.execPath, [script, target, folder], { cwd: root });
      await writeFile(join(folder, STAMP), hash);
      await rm(place, { recursive: true, force: true });
      await rename(folder, place);
    });
    say(`Build: ${target}, ${duration(Date.now() - start)}.`);
  }
}
