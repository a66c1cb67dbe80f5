import { build, dist } from './build.mjs';
import { removeStale } from './cache.mjs';
import { desktop, screen } from './desktop.mjs';
import { electron, electronSummary } from './electron.mjs';
import { withLock } from './lock.mjs';
import { mnist } from './mnist.mjs';
import { packages } from './packages.mjs';
import { cacheFolder } from './places.mjs';
import { duration, say } from './progress.mjs';
import { tensorboard } from './tensorboard.mjs';
import { tensorflow, tensorflowSummary } from './tensorflow.mjs';

/** The parts of the app, each after those that it needs. */
const parts = { packages, mnist, tensorflow, tensorboard, electron, desktop, screen };
/** @typedef {keyof typeof parts} Part */
/** @typedef {import('./build.mjs').Target} Target */

/** The parts that training in a terminal needs. @type {Part[]} */
export const trainerParts = ['packages', 'mnist', 'tensorflow'];
/** The parts that the window needs. @type {Part[]} */
export const appParts = [...trainerParts, 'electron', 'desktop'];
/** @type {Target[]} */
export const appTargets = ['main', 'renderer', 'trainer'];

/**
 * Sets up what a command needs and builds what it runs; quick when everything is there. Every command begins with this.
 * @param {Part[]} needed
 * @param {Target[]} targets
 */
export function prepare(needed, targets) {
  return withLock(async () => {
    const start = Date.now();
    // Otherwise leftovers would stay in the cache, and those in dist/ would be packed.
    for (const folder of [cacheFolder(), dist]) await removeStale(folder);
    for (const [name, provide] of Object.entries(parts))
      if (needed.includes(/** @type {Part} */ (name))) await provide();
    await build(targets);
    const summary = [
      needed.includes('electron') ? electronSummary() : '',
      needed.includes('tensorflow') ? tensorflowSummary() : '',
    ].filter((text) => text !== '');
    if (summary.length > 0) say(`Ready: ${summary.join(', ')} (${duration(Date.now() - start)}).`);
  });
}
