import type { Failure } from '../../../../shared/ipc.ts';
import type { ArchiveFile } from './archive-file.ts';
import type { FileListing } from './file-listing.ts';
import type { Tree, TreeContent, TreeFile } from './tree.ts';

/** What all kinds of archives share; `F` also says where a file's bytes lie. */
export abstract class ArchiveTree<F extends TreeFile> implements Tree {
  readonly place: string;
  readonly files: readonly TreeFile[];
  readonly folders: readonly string[];
  readonly findings: Failure[];
  protected readonly archive: ArchiveFile;
  protected readonly signal: AbortSignal;
  readonly #byPath: Map<string, F>;

  constructor(archive: ArchiveFile, listing: FileListing<F>, signal: AbortSignal) {
    this.archive = archive;
    this.signal = signal;
    this.#byPath = listing.sorted();
    this.place = archive.place;
    this.files = [...this.#byPath.values()];
    this.folders = listing.folders();
    this.findings = listing.passedOver.findings(archive.place);
  }

  abstract read(files: readonly TreeFile[], most: number): AsyncIterable<TreeContent>;
  abstract stream(file: TreeFile): AsyncIterable<Buffer>;

  close(): Promise<void> {
    return this.archive.close();
  }

  /** @throws Error if the file is not one of this archive's */
  protected find({ path }: TreeFile): F {
    const file = this.#byPath.get(path);
    if (!file) throw new Error(`${path} is not in ${this.place}`);
    return file;
  }
}
