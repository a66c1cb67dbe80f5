import type { Failure } from '../../../../shared/ipc.ts';

/** A file in a folder or an archive. */
export interface TreeFile {
  /** Below the tree's place, with a slash between folders on every system. */
  path: string;
  bytes: number;
  /** Milliseconds since 1970; for a file in an archive, when the archive itself was last written. */
  modified: number;
}

/**
 * The files of a folder or an archive, or a single file; an archive is read without unpacking it to the disk. Every path is safe to use
 * below a folder: relative and without `..`. If the signal that the tree was opened with is aborted, reading ends with its reason as an
 * error.
 */
export interface Tree {
  /** The folder or the archive, for errors. */
  place: string;
  /** Regular files without hidden ones, sorted by path in the order of code units; links that lead out of the folder are not followed. */
  files: readonly TreeFile[];
  /** Folders below the place that are not hidden, sorted by path, including empty ones. */
  folders: readonly string[];
  /** One finding for each reason why something was passed over, such as links that lead out or folders that cannot be read. */
  findings: Failure[];
  /**
   * Reads whole files in whichever order is cheapest, with no more than one in memory. For a .tar.gz, each call unpacks the archive from
   * its beginning, so ask for all files at once.
   * @param files of this tree
   * @param most bytes of a file; for a larger one its damage is returned
   */
  read(files: readonly TreeFile[], most: number): AsyncIterable<TreeContent>;
  /**
   * Reads one file in pieces of up to a megabyte.
   * @throws Error that says what is wrong with the file, as the rest of a sentence that begins with "it"
   */
  stream(file: TreeFile): AsyncIterable<Buffer>;
  close(): Promise<void>;
}

/** A file's bytes, or why there are none, as the rest of a sentence that begins with "it": "has 0 bytes". */
export type TreeContent = { file: TreeFile; bytes: Buffer } | { file: TreeFile; damage: string };
