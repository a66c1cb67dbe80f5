import { createHash } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileSummary } from './record.ts';

/** Begins the name of every file that is not finished yet. */
export const UNFINISHED = '.firstlayer-unfinished-';

/** Asks the disk to keep a file, or a folder's list of names, even if the power fails now. */
export async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } catch (error) {
    // Windows cannot sync a folder; its file system keeps names by itself.
    if (process.platform !== 'win32') throw error;
  } finally {
    await file.close();
  }
}

/** Writes a file whole or not at all: under another name, to the disk, then renamed over the old one. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const unfinished = join(dirname(path), `${UNFINISHED}${process.pid}.txt`);
  const file = await open(unfinished, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
}

export async function summarize(path: string): Promise<FileSummary> {
  const content = await readFile(path);
  return { bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}
