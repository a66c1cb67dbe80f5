import type { Dirent, Stats } from 'node:fs';
import { lstat, opendir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { printable } from '../../../../shared/shown.ts';
import { messageOf, systemFault } from '../../../../shared/system-errors.ts';
import type { ReadingWatch } from '../raw-dataset.ts';
import { checkDepth } from './file-listing.ts';
import { tooMuch, type TreeLimits } from './limits.ts';
import { PassedOver } from './passed-over.ts';
import { isHiddenName } from './tree-path.ts';
import type { TreeFile } from './tree.ts';

/** Number of files whose details are fetched from the system at once. */
const AT_ONCE = 64;
/** Number of a folder's entries that are fetched at once. */
const FETCHED = 256;

const isBelow = (path: string, root: string): boolean => {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
};

/** Finds the files below a folder without following links out of it or into folders. */
export class FolderWalk {
  readonly files: TreeFile[] = [];
  readonly folders: string[] = [];
  readonly passedOver = new PassedOver();
  readonly #place: string;
  /** The place with all links resolved. */
  readonly #root: string;
  readonly #watch: ReadingWatch;
  readonly #limits: TreeLimits;
  /** Folders that are still to be listed. */
  readonly #left = [''];
  #entries = 0;

  constructor(place: string, root: string, watch: ReadingWatch, limits: TreeLimits) {
    this.#place = place;
    this.#root = root;
    this.#watch = watch;
    this.#limits = limits;
  }

  /** @throws FailureError if there is too much, Error if the folder itself cannot be read */
  async walk(): Promise<void> {
    for (let folder = this.#left.pop(); folder !== undefined; folder = this.#left.pop()) {
      let batch: Dirent[] = [];
      for await (const entry of this.#entriesOf(folder)) {
        if (isHiddenName(entry.name)) continue;
        this.#countEntry();
        batch.push(entry);
        if (batch.length < AT_ONCE) continue;
        await this.#takeAll(batch, folder);
        batch = [];
      }
      await this.#takeAll(batch, folder);
    }
  }

  async #takeAll(entries: readonly Dirent[], folder: string): Promise<void> {
    this.#watch.signal.throwIfAborted();
    const below = folder === '' ? '' : `${folder}/`;
    await Promise.all(entries.map((entry) => this.#take(entry, `${below}${entry.name}`)));
    this.#watch.progress(this.files.length, null, 'files');
  }

  #countEntry(): void {
    if (++this.#entries > this.#limits.files)
      throw tooMuch(
        this.#place,
        `The folder holds more than ${this.#limits.files} files and folders; that is the most that are read.`,
      );
  }

  async *#entriesOf(folder: string): AsyncGenerator<Dirent> {
    try {
      yield* await opendir(join(this.#root, folder), { bufferSize: FETCHED });
    } catch (error) {
      if (folder === '') throw error;
      this.passedOver.add('unreadableFolder', folder, printable(messageOf(error)));
    }
  }

  async #take(entry: Dirent, path: string): Promise<void> {
    checkDepth(path, this.#place, this.#limits);
    if (entry.isDirectory()) {
      this.folders.push(path);
      this.#left.push(path);
      return;
    }
    try {
      if (entry.isSymbolicLink()) await this.#followLink(path);
      else if (entry.isFile()) this.#add(path, await lstat(join(this.#root, path)));
      else this.passedOver.add('special', path);
    } catch (error) {
      const isBroken = entry.isSymbolicLink() && systemFault(error)?.code === 'ENOENT';
      if (isBroken) this.passedOver.add('brokenLink', path);
      else this.passedOver.add('unreadableFile', path, printable(messageOf(error)));
    }
  }

  async #followLink(path: string): Promise<void> {
    const target = await realpath(join(this.#root, path));
    if (!isBelow(target, this.#root)) {
      this.passedOver.add('outwardLink', path);
      return;
    }
    const stats = await stat(target);
    if (stats.isDirectory()) this.passedOver.add('folderLink', path);
    else this.#add(path, stats);
  }

  #add(path: string, stats: Stats): void {
    if (stats.isFile()) this.files.push({ path, bytes: stats.size, modified: stats.mtimeMs });
    else this.passedOver.add('special', path);
  }
}
