import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import {
  fromRandomAccessReaderPromise,
  getFileNameLowLevel,
  RandomAccessReader,
  type Entry,
  type ZipFile,
} from 'yauzl';
import { FailureError } from '../../../../shared/ipc.ts';
import { thrownText } from '../../../../shared/system-errors.ts';
import type { ReadingWatch } from '../raw-dataset.ts';
import { brokenArchive, type ArchiveFile } from './archive-file.ts';
import { FileListing } from './file-listing.ts';
import { PIECE, type TreeLimits } from './limits.ts';
import type { TreeFile } from './tree.ts';

/** A file in a zip archive, as described by the list at the archive's end. */
export interface ZippedFile extends TreeFile {
  /** Where the file's own header begins. */
  headerAt: number;
  packedBytes: number;
  isDeflated: boolean;
  crc: number;
}

const UTF8_NAME = 0x800;
const METHODS = { stored: 0, deflate: 8 } as const;
/** Bits of a file's Unix mode, which is the upper half of its attributes. */
const MODE = { type: 0o170000, file: 0o100000, folder: 0o040000, link: 0o120000 } as const;
/** Entries between two reports of progress. */
const TOLD_EVERY = 1024;
/** Programs without Zip64, macOS's own among them, cut larger counts of entries to 16 bits. */
const COUNT_WRAPS_AT = 65_536;
const ENTRY_BEGINS = 0x02014b50;

/** After listing, only the files' own headers are read, which lie as far apart as the files are long. */
const BETWEEN_FILES = 2 ** 14;

/** Lets yauzl read the archive. It asks for few bytes at a time, which are taken from a megabyte that is read ahead. */
class ReadAhead extends RandomAccessReader {
  readonly #archive: ArchiveFile;
  readonly #signal: AbortSignal;
  /** Number of bytes to read ahead. */
  ahead = PIECE;
  #window: Buffer = Buffer.alloc(0);
  #windowAt = 0;

  constructor(archive: ArchiveFile, signal: AbortSignal) {
    super();
    this.#archive = archive;
    this.#signal = signal;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#archive.range(start, end, this.#signal));
  }

  override read(
    into: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.bytesAt(position, length).then(
      (bytes) => {
        callback(null, bytes.copy(into, offset));
      },
      (error: unknown) => {
        callback(error as Error);
      },
    );
  }

  /** Fewer bytes at the archive's end. */
  async bytesAt(position: number, length: number): Promise<Buffer> {
    const from = position - this.#windowAt;
    if (from < 0 || from + length > this.#window.length) {
      this.#signal.throwIfAborted();
      this.#window = await this.#archive.read(Math.max(this.ahead, length), position);
      this.#windowAt = position;
      return this.#window.subarray(0, length);
    }
    return this.#window.subarray(from, from + length);
  }
}

/** What a zip archive holds. */
export interface ZipListing {
  zip: ZipFile;
  listing: FileListing<ZippedFile>;
}

/** @throws FailureError if it cannot be read, or is too large */
export async function listZip(
  archive: ArchiveFile,
  watch: ReadingWatch,
  limits: TreeLimits,
): Promise<ZipListing> {
  const listing = new FileListing<ZippedFile>(archive.place, limits);
  try {
    const reader = new ReadAhead(archive, watch.signal);
    const zip = await fromRandomAccessReaderPromise(reader, archive.size, {
      autoClose: false,
      // Names are checked here, since yauzl stops at the first one that it refuses.
      decodeStrings: false,
      validateEntrySizes: false,
    });
    await correctCount(zip, reader);
    for await (const entry of zip.eachEntry()) {
      takeEntry(entry, listing, archive.modified);
      if (zip.entriesRead % TOLD_EVERY === 0) {
        watch.signal.throwIfAborted();
        watch.progress(zip.entriesRead, zip.entryCount, 'files');
      }
      await correctCount(zip, reader);
    }
    watch.progress(zip.entriesRead, zip.entryCount, 'files');
    reader.ahead = BETWEEN_FILES;
    if (listing.count === 0 && listing.passedOver.count('encrypted') > 0)
      throw encryptedArchive(archive.place);
    return { zip, listing };
  } catch (error) {
    watch.signal.throwIfAborted();
    throw error instanceof FailureError ? error : failureOf(archive.place, error);
  }
}

/** If another entry follows after the count of entries is used up, the count was cut to 16 bits. */
async function correctCount(zip: ZipFile, reader: ReadAhead): Promise<void> {
  if (zip.entriesRead < zip.entryCount) return;
  const next = await reader.bytesAt(Number(zip.readEntryCursor), 4);
  if (next.length === 4 && next.readUInt32LE(0) === ENTRY_BEGINS) zip.entryCount += COUNT_WRAPS_AT;
}

/** Many programs write UTF-8 without saying so; the others use the letters of the first IBM PC. */
const nameOf = ({ fileNameRaw, extraFields }: Entry): string =>
  getFileNameLowLevel(isUtf8(fileNameRaw) ? UTF8_NAME : 0, fileNameRaw, extraFields, true);

function takeEntry(entry: Entry, listing: FileListing<ZippedFile>, modified: number): void {
  const name = nameOf(entry);
  const path = listing.acceptName(name);
  const type = (entry.externalFileAttributes >>> 16) & MODE.type;
  if (path === null) return;
  if (name.endsWith('/') || type === MODE.folder) {
    listing.addFolder(path);
    return;
  }
  const { passedOver } = listing;
  if (type === MODE.link) passedOver.add('archivedLink', path);
  else if (type !== 0 && type !== MODE.file) passedOver.add('special', path);
  else if (entry.isEncrypted()) passedOver.add('encrypted', path);
  else if (!entry.canDecodeFileData())
    passedOver.add('unknownPacking', path, `method ${entry.compressionMethod}`);
  else
    listing.add({
      path,
      bytes: entry.uncompressedSize,
      modified,
      headerAt: entry.relativeOffsetOfLocalHeader,
      packedBytes: entry.compressedSize,
      isDeflated: entry.compressionMethod === METHODS.deflate,
      crc: entry.crc32,
    });
}

const encryptedArchive = (place: string): FailureError =>
  new FailureError({
    what: 'The zip archive is encrypted.',
    where: place,
    remedy: 'Pack the images once more without a password, as a .zip or .tar.gz.',
  });

/** Turns yauzl's errors into words for the person who made the archive. */
function failureOf(place: string, error: unknown): FailureError {
  const text = thrownText(error);
  if (text.includes('strong encryption')) return encryptedArchive(place);
  if (text.includes('End of central directory'))
    return brokenArchive(
      place,
      error,
      'The zip archive is cut off: the list of its files, which is to be at its end, is not there.',
    );
  if (text.includes('multi-disk'))
    return brokenArchive(place, error, 'This is one part of a zip archive of several parts.');
  return brokenArchive(place, error);
}
