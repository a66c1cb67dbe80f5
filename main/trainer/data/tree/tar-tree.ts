import type { ReadingWatch } from '../raw-dataset.ts';
import type { ArchiveFile } from './archive-file.ts';
import { ArchiveTree } from './archive-tree.ts';
import { isGzip } from '../gunzip.ts';
import { asDamage, CHANGED, contentOf, CUT_OFF, DamageError } from './damage.ts';
import { treeLimits } from './limits.ts';
import { StreamCutter } from './stream-cutter.ts';
import { listTar, unpackedArchive, type TarredFile } from './tar-listing.ts';
import type { FileListing } from './file-listing.ts';
import type { Tree, TreeContent, TreeFile } from './tree.ts';

/** Reads the bytes of an unpacked archive, in their order. */
interface TarBytes {
  range(start: number, end: number): AsyncIterable<Buffer>;
  end(): Promise<void>;
}

/**
 * A tar archive's files. In a plain archive each file is read at its place; a packed one is unpacked up to the last file that is asked for.
 */
class TarTree extends ArchiveTree<TarredFile> {
  readonly #isPacked: boolean;

  constructor(
    archive: ArchiveFile,
    isPacked: boolean,
    listing: FileListing<TarredFile>,
    signal: AbortSignal,
  ) {
    super(archive, listing, signal);
    this.#isPacked = isPacked;
  }

  async *read(files: readonly TreeFile[], most: number): AsyncGenerator<TreeContent> {
    const inOrder = files.map((file) => this.find(file)).sort((a, b) => a.start - b.start);
    const bytes = this.#open();
    try {
      for (const file of inOrder)
        yield await contentOf(file, most, this.signal, () => this.#readWhole(file, bytes));
    } finally {
      await bytes.end();
    }
  }

  async *stream(file: TreeFile): AsyncGenerator<Buffer> {
    const bytes = this.#open();
    try {
      yield* this.#piecesOf(this.find(file), bytes);
    } catch (error) {
      throw asDamage(error, this.signal);
    } finally {
      await bytes.end();
    }
  }

  #open(): TarBytes {
    const { archive, signal } = this;
    if (this.#isPacked)
      return new StreamCutter(
        unpackedArchive(archive.range(0, archive.size, signal), treeLimits),
        signal,
      );
    return {
      range: (start, end) => archive.range(start, end, signal),
      end: () => Promise.resolve(),
    };
  }

  async #readWhole(file: TarredFile, bytes: TarBytes): Promise<Buffer> {
    const whole = Buffer.allocUnsafeSlow(file.bytes);
    let filled = 0;
    for await (const piece of this.#piecesOf(file, bytes)) filled += piece.copy(whole, filled);
    return whole;
  }

  /** @throws DamageError after the last piece if the archive has changed or is damaged */
  async *#piecesOf({ start, bytes }: TarredFile, from: TarBytes): AsyncGenerator<Buffer> {
    let sum = 0;
    let fault: unknown = null;
    try {
      for await (const piece of from.range(start, start + bytes)) {
        sum += piece.length;
        yield piece;
      }
    } catch (error) {
      fault = error;
    }
    this.signal.throwIfAborted();
    if (await this.archive.isChanged()) throw new DamageError(CHANGED, { cause: fault });
    if (fault !== null) throw asDamage(fault, this.signal);
    if (sum < bytes) throw new DamageError(CUT_OFF);
  }
}

/** @throws FailureError if it cannot be read, or is too large */
export async function openTarTree(
  archive: ArchiveFile,
  watch: ReadingWatch,
  limits = treeLimits,
): Promise<Tree> {
  const isPacked = isGzip(await archive.read(2, 0));
  const listing = await listTar(archive, watch, limits);
  return new TarTree(archive, isPacked, listing, watch.signal);
}
