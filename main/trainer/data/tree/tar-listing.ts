import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { extract, type Header } from 'tar-stream';
import { FailureError } from '../../../../shared/ipc.ts';
import { thrownText } from '../../../../shared/system-errors.ts';
import { unpacked } from '../gunzip.ts';
import type { ReadingWatch } from '../raw-dataset.ts';
import { brokenArchive, type ArchiveFile } from './archive-file.ts';
import { FileListing } from './file-listing.ts';
import { tooMuch, type TreeLimits } from './limits.ts';
import type { TreeFile } from './tree.ts';

/** A file in a tar archive. */
export interface TarredFile extends TreeFile {
  /** Where its bytes begin in the unpacked archive. */
  start: number;
}

const BLOCK = 512;
const blocks = (bytes: number): number => Math.ceil(bytes / BLOCK) * BLOCK;

/** Names are not UTF-8 on every system, so their bytes are decoded here. Archives older than any magic number are read, too. */
const options = { highWaterMark: 2 ** 16, filenameEncoding: 'latin1', allowUnknownFormat: true };

/** A header as the library gives it. The library's types leave out unknown types of entries and the place of an entry's bytes. */
type PlacedHeader = Omit<Header, 'type'> & { type: string | null; byteOffset: number };

/** Counts the unpacked bytes of an archive, and checks its end. */
class Unpacking {
  bytes = 0;
  #tail: Buffer = Buffer.alloc(0);
  readonly #place: string;
  readonly #most: number;

  constructor(place: string, most: number) {
    this.#place = place;
    this.#most = most;
  }

  async *count(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const piece of pieces) {
      this.bytes += piece.length;
      if (this.bytes > this.#most)
        throw tooMuch(
          this.#place,
          `The archive unpacks to more than ${this.#most / 1e9} GB; that is the most that is read.`,
        );
      this.#tail = Buffer.concat([this.#tail, piece.subarray(-BLOCK)]).subarray(-BLOCK);
      yield piece;
    }
  }

  /** Every archive ends with blocks of zeros; one that does not was cut off, perhaps between two files. */
  isWhole(lastEnd: number): boolean {
    return this.bytes - lastEnd >= BLOCK && !this.#tail.some((byte) => byte > 0);
  }
}

/** The archive's bytes from the beginning, unpacked through all layers of gzip. */
export const unpackedArchive = (
  pieces: AsyncIterable<Buffer>,
  { unpackedBytes }: TreeLimits,
): AsyncGenerator<Buffer> => unpacked(pieces, unpackedBytes);

/** @throws FailureError if it cannot be read, or is too large */
export async function listTar(
  archive: ArchiveFile,
  watch: ReadingWatch,
  limits: TreeLimits,
): Promise<FileListing<TarredFile>> {
  const listing = new FileListing<TarredFile>(archive.place, limits);
  const unpacking = new Unpacking(archive.place, limits.unpackedBytes);
  try {
    const pieces = unpackedArchive(watched(archive, watch), limits);
    let lastEnd = 0;
    await eachHeader(unpacking.count(pieces), (header) => {
      const bytes = header.type === 'directory' ? 0 : header.size;
      lastEnd = header.byteOffset + blocks(bytes);
      takeEntry(header, listing, archive.modified);
    });
    if (!unpacking.isWhole(lastEnd)) throw cutOff(archive.place);
    return listing;
  } catch (error) {
    watch.signal.throwIfAborted();
    throw error instanceof FailureError ? error : failureOf(archive.place, error);
  }
}

async function* watched(archive: ArchiveFile, watch: ReadingWatch): AsyncGenerator<Buffer> {
  let done = 0;
  for await (const piece of archive.range(0, archive.size, watch.signal)) {
    yield piece;
    watch.progress((done += piece.length), archive.size, 'bytes');
  }
}

/** Reads the headers and skips the files' bytes. */
function eachHeader(
  pieces: AsyncGenerator<Buffer>,
  take: (header: PlacedHeader) => void,
): Promise<void> {
  const reader = extract(options);
  const source = Readable.from(pieces);
  return new Promise<void>((resolve, reject) => {
    reader.on('entry', (header, body, next) => {
      // An error that ends the reader also goes to the entry that is being read, where nobody else would notice it.
      body.on('error', reject);
      try {
        take(header as unknown as PlacedHeader);
      } catch (error) {
        next(error as Error);
        return;
      }
      // An archive that is damaged within a file ends that file's stream with an error, which nobody else would notice.
      body.on('error', reject);
      body.on('end', () => {
        next();
      });
      body.resume();
    });
    reader.on('error', reject);
    reader.on('finish', resolve);
    source.on('error', (error) => {
      reader.destroy(error);
    });
    source.pipe(reader);
  }).finally(() => {
    source.destroy();
    reader.destroy();
  });
}

/** The name of an entry; a long name, in a record of its own, has already been decoded as UTF-8 by the library. */
function nameOf({ name, pax }: PlacedHeader): string {
  const bytes = Buffer.from(name, 'latin1');
  const isWritten = typeof pax === 'object' && pax !== null && 'path' in pax && pax.path === name;
  return !isWritten && isUtf8(bytes) ? bytes.toString() : name;
}

const isSparse = ({ pax }: PlacedHeader): boolean =>
  typeof pax === 'object' &&
  pax !== null &&
  Object.keys(pax).some((key) => key.startsWith('GNU.sparse'));

function takeEntry(header: PlacedHeader, listing: FileListing<TarredFile>, modified: number): void {
  const path = listing.acceptName(nameOf(header));
  if (path === null) return;
  const { passedOver } = listing;
  const { type } = header;
  if (type === 'directory') {
    listing.addFolder(path);
    return;
  }
  if (type === 'link' || type === 'symlink') passedOver.add('archivedLink', path);
  else if (isSparse(header) || type === null) passedOver.add('unknownPacking', path);
  else if (type === 'file' || type === 'contiguous-file')
    listing.add({ path, bytes: header.size, modified, start: header.byteOffset });
  else passedOver.add('special', path);
}

const cutOff = (place: string, cause?: unknown): FailureError =>
  brokenArchive(place, cause, 'The archive is cut off: its end is missing.');

/** Turns the libraries' errors into words for the person who made the archive. */
function failureOf(place: string, error: unknown): FailureError {
  const text = thrownText(error);
  if (/unexpected end of (file|data)/i.test(text)) return cutOff(place, error);
  if (/tar header|Invalid header/.test(text))
    return brokenArchive(place, error, 'The archive is damaged: a file’s header in it is none.');
  return brokenArchive(place, error);
}
