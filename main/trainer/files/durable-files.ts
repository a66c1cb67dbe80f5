import { lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readBounded, readUpTo, withFile } from './bounded-file.ts';
import { isFolder } from './is-folder.ts';

/** The name of every file that is unfinished or being removed begins with this. */
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
export async function writeSynced(path: string, text: string | Uint8Array): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Writes a file completely or not at all: under another name, synced, then renamed over the old one.
 * @param check rejects when the folder is no longer the same; what was written is then removed
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
    // The disk that failed may fail again; then the next start removes the file.
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw error;
  }
}

/**
 * Makes a folder and its missing parents. Node's own `recursive` is not used: it retries forever where a parent exists and
 * nothing can be made in it, such as a link to a disk that is not plugged in.
 */
export async function makeFolders(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    // For a drive's own folder, Windows gives another error than EEXIST.
    if (hasCode(error, 'EEXIST') || (await isFolder(path))) return;
    const above = dirname(path);
    const canMakeAbove = hasCode(error, 'ENOENT') && above !== path && !(await isThere(above));
    if (!canMakeAbove) throw error;
    await makeFolders(above);
    await mkdir(path);
  }
}

/** Whether anything has this name, even a link to nowhere. */
const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

/** Whether this is a link: what is written there would go elsewhere. */
export async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

/** Far more bytes than any record has. */
export const MOST_TEXT = 16_000_000;

/**
 * Reads the text of a small file.
 * @throws Error when it cannot be read, is not a regular file or is larger than any of ours
 */
export const readText = async (path: string): Promise<string> =>
  (await readBounded(path, MOST_TEXT)).toString('utf8');

/** Like `readText`, but null if there is no such file. */
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

/** The first bytes of a file as text; null if there is no such file. */
export async function readHead(path: string): Promise<string | null> {
  try {
    return await withFile(path, async (file) => (await readUpTo(file, HEAD)).toString('utf8'));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}
