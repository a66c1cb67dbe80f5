import { FailureError } from '../../../../shared/ipc.ts';
import { printable } from '../../../../shared/shown.ts';
import { messageOf, systemFault } from '../../../../shared/system-errors.ts';
import { openRegular, readUpTo, type OpenFile } from '../../files/bounded-file.ts';
import { PIECE } from './limits.ts';

/** An open archive file. */
export class ArchiveFile {
  readonly place: string;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  readonly #file: OpenFile;

  private constructor(place: string, file: OpenFile, modified: number) {
    this.place = place;
    this.size = file.size;
    this.modified = modified;
    this.#file = file;
  }

  /** @throws Error if it is not a regular file or cannot be read */
  static async open(place: string): Promise<ArchiveFile> {
    const file = await openRegular(place);
    const { mtimeMs } = await file.handle.stat();
    return new ArchiveFile(place, file, mtimeMs);
  }

  /** Reads up to `length` bytes from `position` on; fewer at the end. */
  read(length: number, position: number): Promise<Buffer> {
    const left = Math.max(0, this.size - position);
    return readUpTo(this.#file, Math.min(length, left), position);
  }

  /**
   * Yields the bytes from `start` to before `end`, a megabyte at a time; fewer at the archive's end.
   * @param signal when aborted, ends it with its reason as an error
   */
  async *range(start: number, end: number, signal: AbortSignal): AsyncGenerator<Buffer> {
    let at = start;
    while (at < end) {
      signal.throwIfAborted();
      const piece = await this.read(Math.min(PIECE, end - at), at);
      if (piece.length === 0) return;
      yield piece;
      at += piece.length;
    }
  }

  /** Whether the file has been written to since it was opened. */
  async isChanged(): Promise<boolean> {
    const { size, mtimeMs } = await this.#file.handle.stat();
    return size !== this.size || mtimeMs !== this.modified;
  }

  close(): Promise<void> {
    return this.#file.handle.close();
  }
}

/** Refuses an archive that cannot be read as a whole. */
export const brokenArchive = (place: string, cause: unknown, what?: string): FailureError =>
  new FailureError(
    {
      what: what ?? `The archive cannot be read: ${printable(messageOf(cause))}.`,
      where: place,
      remedy:
        systemFault(cause)?.remedy ??
        'Copy or download it once more, or pack the images anew as a .zip or .tar.gz.',
    },
    { cause },
  );
