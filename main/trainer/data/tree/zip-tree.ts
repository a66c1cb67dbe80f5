import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { createInflateRaw, inflateRaw } from 'node:zlib';
import { buf as crc32 } from 'crc-32';
import { Entry, type ZipFile } from 'yauzl';
import { thrownText } from '../../../../shared/system-errors.ts';
import type { ReadingWatch } from '../raw-dataset.ts';
import type { ArchiveFile } from './archive-file.ts';
import { ArchiveTree } from './archive-tree.ts';
import { asDamage, CHANGED, contentOf, CUT_OFF, DamageError } from './damage.ts';
import { PIECE, treeLimits } from './limits.ts';
import type { Tree, TreeContent, TreeFile } from './tree.ts';
import { listZip, type ZippedFile, type ZipListing } from './zip-listing.ts';

const inflateAtOnce = promisify(inflateRaw);
/** Deflate makes incompressible data only slightly larger; more means that the sizes were tampered with. */
const mostPacked = (bytes: number): number => bytes + bytes / 100 + 1024;

const wrongLength = (bytes: number): DamageError =>
  new DamageError(`does not unpack to the ${bytes} bytes that the archive says it has`);

const wrongChecksum = (): DamageError => new DamageError('is damaged: its checksum is wrong');

/** A zip archive's files, each read at its place. */
class ZipTree extends ArchiveTree<ZippedFile> {
  readonly #zip: ZipFile;

  constructor(archive: ArchiveFile, { zip, listing }: ZipListing, signal: AbortSignal) {
    super(archive, listing, signal);
    this.#zip = zip;
  }

  async *read(files: readonly TreeFile[], most: number): AsyncGenerator<TreeContent> {
    const inOrder = files.map((file) => this.find(file)).sort((a, b) => a.headerAt - b.headerAt);
    for (const file of inOrder)
      yield await contentOf(file, most, this.signal, () => this.#readWhole(file));
  }

  async *stream(file: TreeFile): AsyncGenerator<Buffer> {
    const found = this.find(file);
    const { bytes, packedBytes, isDeflated, crc } = found;
    try {
      const start = await this.#dataStart(found);
      const packed = this.archive.range(start, start + packedBytes, this.signal);
      let sum = 0;
      let checksum = 0;
      for await (const piece of isDeflated ? inflated(packed) : packed) {
        this.signal.throwIfAborted();
        sum += piece.length;
        if (sum > bytes) throw wrongLength(bytes);
        checksum = crc32(piece, checksum);
        yield piece;
      }
      if (sum !== bytes) throw wrongLength(bytes);
      if (checksum >>> 0 !== crc) throw wrongChecksum();
    } catch (error) {
      throw await this.#damage(error);
    }
  }

  async #dataStart({ headerAt, packedBytes }: ZippedFile): Promise<number> {
    const entry = Object.assign(new Entry(), {
      relativeOffsetOfLocalHeader: headerAt,
      compressedSize: packedBytes,
    });
    return (await this.#zip.readLocalFileHeaderPromise(entry, { minimal: true })).fileDataStart;
  }

  async #readWhole(file: ZippedFile): Promise<Buffer> {
    const { bytes, packedBytes, isDeflated, crc } = file;
    try {
      if (packedBytes > mostPacked(bytes)) throw wrongLength(bytes);
      const packed = await this.archive.read(packedBytes, await this.#dataStart(file));
      if (packed.length < packedBytes) throw new DamageError(CUT_OFF);
      const whole = isDeflated ? await inflateAtMost(packed, bytes) : packed;
      if (whole.length !== bytes) throw wrongLength(bytes);
      if (crc32(whole) >>> 0 !== crc) throw wrongChecksum();
      return whole;
    } catch (error) {
      throw await this.#damage(error);
    }
  }

  async #damage(error: unknown): Promise<DamageError> {
    this.signal.throwIfAborted();
    if (await this.archive.isChanged()) return new DamageError(CHANGED, { cause: error });
    return asDamage(error, this.signal);
  }
}

/** Unpacks no more than `bytes`, even if the data hold more. */
async function inflateAtMost(packed: Buffer, bytes: number): Promise<Buffer> {
  try {
    // The result comes in one piece, with room to notice that more would follow.
    const options = { chunkSize: Math.max(64, bytes + 1), maxOutputLength: Math.max(1, bytes) };
    return await inflateAtOnce(packed, options);
  } catch (error) {
    throw inflateFault(error, bytes);
  }
}

function inflateFault(error: unknown, bytes: number): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ERR_BUFFER_TOO_LARGE') return wrongLength(bytes);
  return code.startsWith('Z_') && code !== 'Z_MEM_ERROR'
    ? new DamageError(`is damaged: ${thrownText(error)}`, { cause: error })
    : error;
}

async function* inflated(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw({ chunkSize: PIECE });
  const source = Readable.from(pieces);
  source.on('error', (error) => inflate.destroy(error)).pipe(inflate);
  try {
    for await (const piece of inflate) yield piece as Buffer;
  } catch (error) {
    throw inflateFault(error, 0);
  } finally {
    source.destroy();
    inflate.destroy();
  }
}

/** @throws FailureError if it cannot be read, or is too large */
export async function openZipTree(
  archive: ArchiveFile,
  watch: ReadingWatch,
  limits = treeLimits,
): Promise<Tree> {
  return new ZipTree(archive, await listZip(archive, watch, limits), watch.signal);
}
