import { existsSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { readJson } from './json.mjs';
import { cacheFolder } from './places.mjs';

/** An entry is a folder of files and, beside it, a list of them with their sizes. Without the list the entry is incomplete. */
const FILES = 'files';
const LIST = 'list.json';
/** The name of an entry ends with this if it exists only until another is made from it. */
const ARCHIVE = '-archive';
const DAY = 86_400_000;

/** @typedef {Record<string, number>} FileList path within the entry -> bytes */

/**
 * Lists all files below a folder; links are not followed.
 * @param {string} folder
 * @param {string} [below]
 * @returns {FileList}
 */
export function listFiles(folder, below = '') {
  /** @type {FileList} */
  const files = {};
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    const path = below ? `${below}/${entry.name}` : entry.name;
    if (entry.isDirectory()) Object.assign(files, listFiles(folder, path));
    else files[path] = lstatSync(join(folder, path)).size;
  }
  return files;
}

/**
 * The files of a complete entry; null if it does not exist, or if something in it is missing or cut short.
 * @param {string} name
 * @returns {FileList | null}
 */
export function filesOf(name) {
  const folder = folderOf(name);
  try {
    const files = /** @type {FileList} */ (readJson(join(folder, '..', LIST)));
    const whole = Object.entries(files).every(
      ([path, size]) => lstatSync(join(folder, path)).size === size,
    );
    return whole ? files : null;
  } catch {
    return null;
  }
}

/** Where an entry's files are. @param {string} name */
export const folderOf = (name) => join(cacheFolder(), name, FILES);

/** The folder of an entry's files if the entry is complete, else null. @param {string} name */
export const entryFolder = (name) => (filesOf(name) ? folderOf(name) : null);

/**
 * Makes an entry: it is filled beside its place, then published by one rename.
 * @param {string} name
 * @param {(folder: string) => Promise<void>} fill
 * @returns {Promise<string>} the folder of its files
 */
export async function publish(name, fill) {
  const target = join(cacheFolder(), name);
  await withTemporary(cacheFolder(), name, async (temporary) => {
    const files = join(temporary, FILES);
    mkdirSync(files);
    await fill(files);
    await writeFile(join(temporary, LIST), JSON.stringify(listFiles(files)));
    if (existsSync(target) && !filesOf(name)) await rm(target, { recursive: true, force: true });
    try {
      await rename(temporary, target);
    } catch (error) {
      // Another process was faster; its entry is as good.
      if (!filesOf(name)) throw error;
    }
  });
  return folderOf(name);
}

/**
 * Makes an entry from an archive. The archive is an entry of its own until then, so that a complete download is not repeated when
 * unpacking was interrupted.
 * @param {string} name
 * @param {(folder: string) => Promise<void>} download
 * @param {(archive: string, folder: string) => Promise<void>} fill
 */
export async function publishFrom(name, download, fill) {
  const archive = await ensure(name + ARCHIVE, download);
  const folder = await publish(name, (temporary) => fill(archive, temporary));
  await rm(join(archive, '..'), { recursive: true, force: true });
  return folder;
}

/** @param {string} name @param {(folder: string) => Promise<void>} fill */
const ensure = async (name, fill) => entryFolder(name) ?? (await publish(name, fill));

/**
 * Lends a temporary folder in `parent` and removes it afterwards.
 * @template T
 * @param {string} parent
 * @param {string} name
 * @param {(folder: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withTemporary(parent, name, use) {
  const folder = join(parent, `${name}~${hostname()}~${process.pid}~tmp`);
  await removeStale(parent);
  await rm(folder, { recursive: true, force: true });
  mkdirSync(folder);
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Makes the folder if it does not exist, and removes from it what interrupted runs left. @param {string} parent */
export async function removeStale(parent) {
  mkdirSync(parent, { recursive: true });
  for (const name of readdirSync(parent))
    if (isStale(parent, name)) await rm(join(parent, name), { recursive: true, force: true });
}

/** @param {string} parent @param {string} name */
function isStale(parent, name) {
  if (name.endsWith(ARCHIVE)) return filesOf(name.slice(0, -ARCHIVE.length)) !== null;
  const [, host, pid] = /~([^~]*)~(\d+)~tmp$/.exec(name) ?? [];
  if (host === undefined) return false;
  // Another machine or container may share the folder: its processes cannot be seen from here.
  if (host === hostname()) return !isAlive(Number(pid));
  return Date.now() - lstatSync(join(parent, name)).mtimeMs > DAY;
}

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
