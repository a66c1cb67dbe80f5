import { lstat, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readBounded, readUpTo, withFile } from './bounded-file.ts';

/** Begins the name of every file that is not finished yet, or not removed yet. */
export const UNFINISHED = '.firstlayer-unfinished-';

/** Asks the disk to keep a folder's list of names, even if the power fails now. */
export async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder; its file system keeps names by itself.
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Writes a file and asks the disk to keep it. */
export async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Writes a file whole or not at all: under another name, to the disk, then renamed over the old one.
 * @param check rejects where the folder is not the same any more: what was written is taken away again
 */
export async function replaceFile(
  path: string,
  text: string,
  check: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const unfinished = join(dirname(path), `${UNFINISHED}${basename(path)}`);
  try {
    await writeSynced(unfinished, text);
    await check();
    await rename(unfinished, path);
  } catch (error) {
    // The disk that failed may fail again: the next start removes it then.
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw error;
  }
}

/**
 * Makes a folder, and those above it that are missing. Not by Node's own `recursive`: that tries for ever where something above is
 * there and nothing can be made in it, such as a link to a disk that is not plugged in.
 */
export async function makeFolders(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    // Windows refuses a drive's own folder otherwise than by saying that it exists.
    if (hasCode(error, 'EEXIST') || (await isFolder(path))) return;
    const above = dirname(path);
    const canMakeAbove = hasCode(error, 'ENOENT') && above !== path && !(await isThere(above));
    if (!canMakeAbove) throw error;
    await makeFolders(above);
    await mkdir(path);
  }
}

/** Whether anything has this name, be it a link to nowhere. */
const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );

/** True where a link lies: what is written there would go elsewhere. */
export async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

/** Far more than any record has. */
const MOST_TEXT = 16_000_000;

/**
 * The text of a small file.
 * @throws Error where it cannot be read, is no regular file or larger than any of ours
 */
export const readText = async (path: string): Promise<string> =>
  (await readBounded(path, MOST_TEXT)).toString('utf8');

/** The same; null where there is none. */
export async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readText(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

export const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

const HEAD = 4096;

/** The first bytes of a file as text; null where there is none. */
export async function readHead(path: string): Promise<string | null> {
  try {
    return await withFile(path, async (file) => (await readUpTo(file, HEAD)).toString('utf8'));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}
