import type { Failure } from '../../../../shared/ipc.ts';

/** A file in a folder or an archive. */
export interface TreeFile {
  /** Below the tree's place, with a slash between folders on every system. */
  path: string;
  bytes: number;
  /** Milliseconds since 1970; of an archive's files, when the archive itself was last written. */
  modified: number;
}

/**
 * The files of a folder, of an archive that is read without unpacking it by hand, or a single file. Every path in it is safe to use below
 * a folder: relative, with no `..` in it. The signal that it was opened with stops its reading, too, with its reason as an error.
 */
export interface Tree {
  /** The folder or the archive, for errors. */
  place: string;
  /** Regular files, sorted by path in the order of code units; none that is hidden, and none that a link outside the folder leads to. */
  files: readonly TreeFile[];
  /** Folders below the place that are not hidden, by path, empty ones too. */
  folders: readonly string[];
  /** What was passed over, and why, a finding for each reason: links that lead out, folders that cannot be read. */
  findings: Failure[];
  /**
   * Reads whole files, in whichever order is cheapest; no more than one is in memory at a time. Of a .tar.gz each call unpacks the
   * archive from its beginning: ask for all that is wanted at once.
   * @param files of this tree
   * @param most bytes of a file; a larger one gives its damage
   */
  read(files: readonly TreeFile[], most: number): AsyncIterable<TreeContent>;
  /**
   * One file in pieces of up to a megabyte.
   * @throws Error saying what is wrong with the file, as the rest of a sentence that begins with "it"
   */
  stream(file: TreeFile): AsyncIterable<Buffer>;
  close(): Promise<void>;
}

/** A file's bytes, or why there are none, as the rest of a sentence that begins with "it": "has 0 bytes". */
export type TreeContent = { file: TreeFile; bytes: Buffer } | { file: TreeFile; damage: string };
