import { tooMuch, treeLimits, type TreeLimits } from './limits.ts';
import { PassedOver } from './passed-over.ts';
import { isHiddenPath, safePath } from './tree-path.ts';
import type { TreeFile } from './tree.ts';

/** Collects the files of an archive while its entries are read, in bounded memory; `F` also says where a file's bytes lie. */
export class FileListing<F extends TreeFile> {
  readonly passedOver = new PassedOver();
  readonly #files = new Map<string, F>();
  /** Folders that have an entry of their own. */
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
   * Checks the name of any entry of the archive, file or not, before anything else is done with it.
   * @returns the path to use; null if the entry is passed over
   * @throws FailureError if there are too many entries, or this one lies too deep
   */
  acceptName(name: string): string | null {
    if (++this.#entries > this.#limits.files)
      throw tooMuch(
        this.#place,
        `The archive has more than ${this.#limits.files} entries; that is the most that are read.`,
      );
    const path = safePath(name);
    if (path === null) {
      // tar writes an entry for the folder that holds everything.
      if (!/^[./]*$/.test(name) || name.includes('..')) this.passedOver.add('unsafeName', name);
      return null;
    }
    return isHiddenPath(path) ? null : path;
  }

  /** @throws FailureError if the files have too many bytes, or their paths too many characters */
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

  /** @param path as returned by `acceptName` */
  addFolder(path: string): void {
    checkDepth(path, this.#place, this.#limits);
    this.#folders.add(path.replace(/\/+$/, ''));
  }

  /** Folders that have an entry of their own or hold something, sorted by path. */
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

  /** The files by path, sorted. */
  sorted(): Map<string, F> {
    return new Map([...this.#files].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/** @throws FailureError that names the limit */
export function checkDepth(path: string, place: string, limits: TreeLimits): void {
  if (path.split('/').length - 1 > limits.depth)
    throw tooMuch(
      place,
      `Folders lie more than ${limits.depth} deep there; that is the most that is read.`,
    );
}
