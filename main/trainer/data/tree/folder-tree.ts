import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Failure } from '../../../../shared/ipc.ts';
import { openRegular, readUpTo, withFile, type OpenFile } from '../../files/bounded-file.ts';
import type { ReadingWatch } from '../raw-dataset.ts';
import { asDamage, CHANGED, contentOf, DamageError } from './damage.ts';
import { FolderWalk } from './folder-walk.ts';
import { PIECE, treeLimits } from './limits.ts';
import type { Tree, TreeContent, TreeFile } from './tree.ts';

/** Files below a folder as they were when they were listed; one that has changed since counts as damaged. */
class FolderTree implements Tree {
  readonly place: string;
  readonly files: readonly TreeFile[];
  readonly folders: readonly string[];
  readonly findings: Failure[];
  readonly #root: string;
  readonly #signal: AbortSignal;

  constructor(
    { place, files, folders, findings }: Pick<Tree, 'place' | 'files' | 'folders' | 'findings'>,
    root: string,
    signal: AbortSignal,
  ) {
    this.place = place;
    this.files = files;
    this.folders = folders;
    this.findings = findings;
    this.#root = root;
    this.#signal = signal;
  }

  async *read(files: readonly TreeFile[], most: number): AsyncGenerator<TreeContent> {
    for (const file of files)
      yield await contentOf(file, most, this.#signal, () =>
        withFile(this.#pathOf(file), async (open) => {
          checkSize(open, file);
          const bytes = await readUpTo(open, file.bytes);
          await checkUnchanged(open, file);
          return bytes;
        }),
      );
  }

  async *stream(file: TreeFile): AsyncGenerator<Buffer> {
    let open: OpenFile | null = null;
    try {
      open = await openRegular(this.#pathOf(file));
      checkSize(open, file);
      for (let at = 0; at < file.bytes; at += PIECE) {
        this.#signal.throwIfAborted();
        yield await readUpTo(open, Math.min(PIECE, file.bytes - at), at);
      }
      await checkUnchanged(open, file);
    } catch (error) {
      throw asDamage(error, this.#signal);
    } finally {
      await open?.handle.close();
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #pathOf({ path }: TreeFile): string {
    return join(this.#root, path);
  }
}

function checkSize({ size }: OpenFile, { bytes }: TreeFile): void {
  if (size !== bytes) throw new DamageError(CHANGED);
}

/** Detects a file that was changed or cut off while it was read. */
async function checkUnchanged({ handle }: OpenFile, file: TreeFile): Promise<void> {
  const { size, mtimeMs } = await handle.stat();
  if (size !== file.bytes || mtimeMs !== file.modified) throw new DamageError(CHANGED);
}

/**
 * Lists the files below a folder.
 * @throws FailureError if there is too much, Error if the folder cannot be read
 */
export async function openFolderTree(
  place: string,
  watch: ReadingWatch,
  limits = treeLimits,
): Promise<Tree> {
  const root = await realpath(place);
  const walk = new FolderWalk(place, root, watch, limits);
  await walk.walk();
  const files = walk.files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return new FolderTree(
    {
      place,
      files,
      folders: walk.folders.sort(),
      findings: walk.passedOver.findings(place),
    },
    root,
    watch.signal,
  );
}

/** A single file as a tree; its path is its name. */
export async function openFileTree(place: string, { signal }: ReadingWatch): Promise<Tree> {
  const { size, mtimeMs } = await stat(place);
  const files = [{ path: basename(resolve(place)), bytes: size, modified: mtimeMs }];
  return new FolderTree(
    { place, files, folders: [], findings: [] },
    dirname(resolve(place)),
    signal,
  );
}
