import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path/posix';
import { join } from 'node:path';
import { FailureError } from '../../../../shared/ipc.ts';
import { printable } from '../../../../shared/shown.ts';
import { messageOf, systemFault } from '../../../../shared/system-errors.ts';
import { commandOf } from '../../files/command-name.ts';
import type { ReadingWatch } from '../raw-dataset.ts';
import { openTree } from '../tree/open-tree.ts';
import type { Tree, TreeFile } from '../tree/tree.ts';
import { claimPart } from './part-file.ts';

/** EMNIST comes as one zip of the gzipped IDX files of all its splits. The files of the wanted split are unpacked beside it, once. */

/** A larger file is something else: the largest has some 100 MB packed. */
const MOST_BYTES = 2e9;

/** @param split such as `digits` */
const filesOfSplit = (split: string): string[] =>
  ['train-images-idx3', 'train-labels-idx1', 'test-images-idx3', 'test-labels-idx1'].map(
    (name) => `emnist-${split}-${name}-ubyte.gz`,
  );

/** Whether a split's four files are there: a file gets its name only when it is complete. */
export const isUnpacked = (folder: string, split: string): boolean =>
  filesOfSplit(split).every((name) => existsSync(join(folder, name)));

/**
 * Unpacks a split's four files into a folder; each is checked against the zip's own checksum.
 * @param watch is told bytes
 * @throws FailureError that names what is missing or damaged in the zip, or cannot be written; the signal's reason if it is aborted
 */
export async function unpackSplit(
  zip: string,
  folder: string,
  split: string,
  watch: ReadingWatch,
): Promise<void> {
  const tree = await openTree(zip, { ...watch, progress: () => undefined });
  try {
    const files = filesOfSplit(split).map((name) => findFile(tree, name));
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    let before = 0;
    for (const file of files) {
      const progress = (done: number): void => {
        watch.progress(before + done, total, 'bytes');
      };
      await unpackFile(tree, file, join(folder, basename(file.path)), progress, watch.signal);
      before += file.bytes;
    }
  } finally {
    await tree.close();
  }
}

function findFile(tree: Tree, name: string): TreeFile {
  const file = tree.files.find(({ path }) => basename(path) === name);
  if (!file) throw wrongZip(tree, `it has no ${name}`);
  if (file.bytes > MOST_BYTES) throw wrongZip(tree, `its ${name} has ${file.bytes} bytes`);
  return file;
}

async function unpackFile(
  tree: Tree,
  file: TreeFile,
  path: string,
  progress: (done: number) => void,
  signal: AbortSignal,
): Promise<void> {
  if (existsSync(path)) return;
  const part = await claimPart(path);
  try {
    const into = await open(part.path, 'w').catch((error: unknown) => {
      throw unwritable(path, error);
    });
    try {
      let done = 0;
      for await (const piece of piecesFrom(tree, file)) {
        signal.throwIfAborted();
        await into.writeFile(piece).catch((error: unknown) => {
          throw unwritable(path, error);
        });
        progress((done += piece.length));
      }
      await into.sync();
    } finally {
      await into.close();
    }
    await part.finish();
  } catch (error) {
    await part.remove().catch(() => undefined);
    throw error;
  }
}

async function* piecesFrom(tree: Tree, file: TreeFile): AsyncGenerator<Buffer> {
  try {
    yield* tree.stream(file);
  } catch (error) {
    if (!(error instanceof Error) || error instanceof FailureError) throw error;
    throw wrongZip(tree, `its ${file.path} ${error.message}`, error);
  }
}

const wrongZip = ({ place }: Tree, what: string, cause?: unknown): FailureError =>
  new FailureError(
    {
      what: `This is not EMNIST’s zip as NIST gives it: ${printable(what)}.`,
      where: place,
      remedy: `Move it away, and get the set once more: ${commandOf('data')} fetch emnist-digits, say.`,
    },
    { cause },
  );

const unwritable = (path: string, error: unknown): FailureError =>
  new FailureError(
    {
      what: `What is unpacked cannot be kept: ${messageOf(error)}.`,
      where: path,
      remedy: `${systemFault(error)?.remedy ?? 'Make room on that disk.'} Set XDG_CACHE_HOME for another place of the cache.`,
    },
    { cause: error },
  );
