import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './cache.mjs';
import { parseJson } from './json.mjs';
import { cacheFolder } from './places.mjs';
import { say } from './progress.mjs';

const HEARTBEAT = 5_000;
/** A holder that shows no sign of life for this long is gone. */
const PATIENCE = 60_000;

/**
 * Lets one set-up run at a time: a second one waits for the first and then finds everything there.
 * @template T
 * @param {() => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withLock(use) {
  mkdirSync(cacheFolder(), { recursive: true });
  const file = join(cacheFolder(), 'set-up.lock');
  const me = JSON.stringify({ host: hostname(), pid: process.pid });
  let told = false;
  while (!tryTake(file, me)) {
    if (removeStale(file)) continue;
    if (!told) say('Another set-up is under way; waiting for it.');
    told = true;
    await sleep(200);
  }
  const beat = setInterval(() => {
    try {
      utimesSync(file, new Date(), new Date());
    } catch {
      // Somebody has removed the lock by hand; publishing by rename keeps us safe.
    }
  }, HEARTBEAT);
  try {
    return await use();
  } finally {
    clearInterval(beat);
    rmSync(file, { force: true });
  }
}

/** @param {string} file @param {string} me */
function tryTake(file, me) {
  try {
    writeFileSync(file, me, { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} file */
function removeStale(file) {
  try {
    const age = Date.now() - statSync(file).mtimeMs;
    const text = readFileSync(file, 'utf8');
    // The lock is just being written.
    if (text === '' && age < HEARTBEAT) return false;
    const { host, pid } = /** @type {{ host?: string, pid?: number }} */ (parseJson(text || '{}'));
    const gone = host === hostname() && pid !== undefined && !isAlive(pid);
    if (!gone && age < PATIENCE) return false;
    // The lock is renamed first, so that of two processes that find it stale only one gets it.
    const mine = `${file}.${process.pid}`;
    renameSync(file, mine);
    rmSync(mine);
    return true;
  } catch {
    return false;
  }
}
