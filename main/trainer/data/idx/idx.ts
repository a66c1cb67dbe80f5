import { FailureError } from '../../../../shared/ipc.ts';
import { readUpTo, withFile, type OpenFile } from '../../files/bounded-file.ts';
import { messageOf } from '../../../../shared/system-errors.ts';
import { isGzip, unpacked } from '../gunzip.ts';
import { MOST_BYTES, MOST_EXAMPLES } from '../limits.ts';
import {
  brokenFile,
  headerBytes,
  MAGIC_BYTES,
  parseHeader,
  promisedText,
  promisedBytes,
  type IdxHeader,
} from './idx-header.ts';
import { unsuitableFile } from '../unsuitable-file.ts';

/**
 * IDX, the format of MNIST's files (described on MNIST's home page): two zero bytes, a byte for the type of number, the number of
 * axes, each axis's size as a big-endian 32-bit number, then the values, big-endian too.
 */
export interface Idx extends IdxHeader {
  /** The bytes of the values as they are in the file. */
  raw: Uint8Array;
}

/** Number of bytes by which a file of another format can be recognised. */
const RECOGNISABLE = 32;

/** Checks type and axes before anything else is read; throws if they do not fit. */
type Check = (header: IdxHeader) => void;

const wrongCount = (path: string, header: IdxHeader, held: string): FailureError =>
  brokenFile(path, `The header says ${promisedText(header)}, but ${held} it.`);

/**
 * Parses the bytes of an IDX file.
 * @param path for the error
 * @throws FailureError that names what is wrong
 */
export function parseIdx(bytes: Uint8Array, path: string): Idx {
  const header = parseHeader(bytes, path);
  const raw = bytes.subarray(header.bytes);
  if (promisedBytes(header) !== raw.length) throw wrongCount(path, header, `${raw.length} follow`);
  return { ...header, raw };
}

/**
 * Parses a header and checks that it promises no more than is accepted.
 * @throws FailureError
 */
function checkedHeader(bytes: Uint8Array, path: string, check: Check): IdxHeader {
  const header = parseHeader(bytes, path);
  check(header);
  const [examples = 0] = header.dims;
  if (examples > MOST_EXAMPLES)
    throw unsuitableFile(
      path,
      `The header says ${examples} examples; the most taken is ${MOST_EXAMPLES}.`,
      'Use fewer examples.',
    );
  if (promisedBytes(header) > MOST_BYTES)
    throw unsuitableFile(
      path,
      `The header says ${promisedText(header)}; the most taken is ${MOST_BYTES}.`,
      'Use fewer examples, or write the pixels as bytes.',
    );
  return header;
}

async function readPlain(file: OpenFile, path: string, check: Check): Promise<Idx> {
  const magic = await readUpTo(file, RECOGNISABLE);
  const beginning = await readUpTo(file, headerBytes(magic, path));
  const header = parseHeader(beginning, path);
  const length = file.size - header.bytes;
  if (promisedBytes(header) !== length) throw wrongCount(path, header, `${length} follow`);
  checkedHeader(beginning, path, check);
  return parseIdx(await readUpTo(file, file.size), path);
}

/** An IDX file whose bytes come piece by piece. It accepts no more than the header promises, since a small file may unpack to any size. */
class Growing {
  readonly #path: string;
  readonly #check: Check;
  #header: IdxHeader | null = null;
  /** Holds the header at first, then the values. */
  #into: Buffer = Buffer.alloc(MAGIC_BYTES);
  #filled = 0;

  constructor(path: string, check: Check) {
    this.#path = path;
    this.#check = check;
  }

  add(piece: Buffer): void {
    let left = piece;
    while (left.length > 0 && this.#filled < this.#into.length) {
      const taken = left.copy(this.#into, this.#filled);
      this.#filled += taken;
      left = left.subarray(taken);
      if (!this.#header && this.#filled === this.#into.length) this.#grow();
    }
    if (this.#header && left.length > 0) throw wrongCount(this.#path, this.#header, 'more follow');
  }

  /** @throws FailureError if bytes are missing */
  end(): Idx {
    const header = this.#header ?? parseHeader(this.#into.subarray(0, this.#filled), this.#path);
    if (this.#filled < this.#into.length)
      throw wrongCount(this.#path, header, `${this.#filled} follow`);
    return { ...header, raw: this.#into };
  }

  #grow(): void {
    const more = headerBytes(this.#into, this.#path) - this.#filled;
    if (more > 0) {
      this.#into = Buffer.concat([this.#into, Buffer.alloc(more)]);
      return;
    }
    this.#header = checkedHeader(this.#into, this.#path, this.#check);
    this.#into = Buffer.allocUnsafeSlow(promisedBytes(this.#header));
    this.#filled = 0;
  }
}

async function unpackIdx(file: OpenFile, path: string, check: Check): Promise<Idx> {
  const idx = new Growing(path, check);
  const source = file.handle.createReadStream({ autoClose: false, start: 0 });
  try {
    for await (const piece of unpacked(source as AsyncIterable<Buffer>, MOST_BYTES)) idx.add(piece);
  } catch (error) {
    if (error instanceof FailureError) throw error;
    throw brokenFile(path, `The gzip file cannot be unpacked: ${messageOf(error)}.`, error);
  } finally {
    source.destroy();
  }
  return idx.end();
}

/**
 * Reads an IDX file, plain or gzipped.
 * @param check is called with the header before a packed file is unpacked
 * @throws FailureError naming the file and what is wrong with it
 */
export async function readIdx(path: string, check: Check = () => undefined): Promise<Idx> {
  try {
    return await withFile(path, async (file) => {
      const isPacked = isGzip(await readUpTo(file, 2));
      return (isPacked ? unpackIdx : readPlain)(file, path, check);
    });
  } catch (error) {
    if (error instanceof FailureError) throw error;
    throw brokenFile(path, `The file cannot be read: ${messageOf(error)}.`, error);
  }
}
