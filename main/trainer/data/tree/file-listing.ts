import { tooMuch, treeLimits, type TreeLimits } from './limits.ts';
import { PassedOver } from './passed-over.ts';
import { isHiddenPath, safePath } from './tree-path.ts';
import type { TreeFile } from './tree.ts';

/** The files of an archive while its entries come, in bounded memory; `F` says where a file's bytes lie. */
export class FileListing<F extends TreeFile> {
  readonly passedOver = new PassedOver();
  readonly #files = new Map<string, F>();
  /** Those that have an entry of their own. */
  readonly #folders = new Set<string>();
  readonly #place: string;
  readonly #limits: TreeLimits;
  #entries = 0;
  #characters = 0;
  #bytes = 0;

  constructor(place: string, limits: TreeLimits = treeLimits) {
    this.#place = place;
    this.#limits = limits;
  }

  /**
   * Any entry of the archive, be it a file or not, before anything else is made of it.
   * @returns the path that it may have; null where it is passed over
   * @throws FailureError where there are too many, or it lies too deep
   */
  acceptName(name: string): string | null {
    if (++this.#entries > this.#limits.files)
      throw tooMuch(
        this.#place,
        `The archive has more than ${this.#limits.files} entries; that is the most that are read.`,
      );
    const path = safePath(name);
    if (path === null) {
      // The folder that all lies in, as tar writes it.
      if (!/^[./]*$/.test(name) || name.includes('..')) this.passedOver.add('unsafeName', name);
      return null;
    }
    return isHiddenPath(path) ? null : path;
  }

  /** @throws FailureError where the files are too many bytes, or their paths too long */
  add(file: F): void {
    checkDepth(file.path, this.#place, this.#limits);
    if (this.#files.has(file.path)) this.passedOver.add('repeated', file.path);
    this.#characters += file.path.length;
    if (this.#characters > this.#limits.pathCharacters)
      throw tooMuch(
        this.#place,
        `The names of the files have more than ${this.#limits.pathCharacters} characters in all; that is the most that is read.`,
      );
    this.#bytes += file.bytes;
    if (this.#bytes > this.#limits.unpackedBytes)
      throw tooMuch(
        this.#place,
        `The archive unpacks to more than ${this.#limits.unpackedBytes / 1e9} GB; that is the most that is read.`,
      );
    this.#files.set(file.path, file);
  }

  /** @param path as `acceptName` gave it */
  addFolder(path: string): void {
    checkDepth(path, this.#place, this.#limits);
    this.#folders.add(path.replace(/\/+$/, ''));
  }

  /** Folders that have an entry of their own, or hold something, by path. */
  folders(): string[] {
    const all = new Set(this.#folders);
    for (const path of this.#files.keys())
      for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1))
        all.add(path.slice(0, end));
    return [...all].sort();
  }

  get count(): number {
    return this.#files.size;
  }

  /** By path, which is sorted. */
  sorted(): Map<string, F> {
    return new Map([...this.#files].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/** @throws FailureError naming the limit */
export function checkDepth(path: string, place: string, limits: TreeLimits): void {
  if (path.split('/').length - 1 > limits.depth)
    throw tooMuch(
      place,
      `Folders lie more than ${limits.depth} deep there; that is the most that is read.`,
    );
}
