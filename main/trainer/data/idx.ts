import { createGunzip } from 'node:zlib';
import { FailureError } from '../../../shared/ipc.ts';
import { systemFault } from '../../../shared/system-errors.ts';
import { readUpTo, withFile, type OpenFile } from '../bounded-file.ts';
import { messageOf } from '../checkpoint/files.ts';

/**
 * IDX, the format of MNIST's files (described on MNIST's home page): two zero bytes, a type byte (8: unsigned byte), the number
 * of axes, each axis's size as a big-endian 32-bit number, then the values.
 */
export interface Idx {
  dims: number[];
  values: Uint8Array;
}

/** Largest file taken, plain or unpacked: 240,000 images are 188 MB. */
const MOST_BYTES = 2 ** 31 - 1;
/** As many as can be kept for validation. Labels are a byte each: of them, as many bytes. */
const MOST_EXAMPLES = 10_000_000;
const UNSIGNED_BYTE = 8;
const GZIP_MAGIC = 0x1f8b;

/** Looks at the sizes of the axes before anything else is read; throws where they will not do. */
type Check = (dims: readonly number[]) => void;

const remedy =
  'Put an undamaged IDX file there; MNIST’s four files, plain or as .gz, are such files.';
const broken = (path: string, what: string, cause?: unknown): FailureError =>
  new FailureError({ what, where: path, remedy: systemFault(cause)?.remedy ?? remedy }, { cause });

const headerSize = (axes: number): number => 4 + 4 * axes;

/** Sizes of the axes. @throws FailureError naming what is wrong with the header */
function parseHeader(bytes: Uint8Array, path: string, axes: number): number[] {
  if (bytes.length === 0) throw broken(path, 'The file is empty.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = headerSize(axes);
  if (bytes.length < header)
    throw broken(
      path,
      `The file has ${bytes.length} bytes, too few for an IDX header of ${header}.`,
    );
  const magic = view.getUint32(0);
  const expected = UNSIGNED_BYTE * 256 + axes;
  if (magic !== expected)
    throw broken(
      path,
      `The file is not IDX bytes of ${axes} ${axes === 1 ? 'axis' : 'axes'}: it begins with ${magic}, not ${expected}.`,
    );
  return Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
}

const product = (dims: readonly number[]): number => dims.reduce((a, b) => a * b, 1);

const wrongCount = (path: string, dims: readonly number[], held: string): FailureError =>
  broken(path, `The header says ${dims.join('×')} = ${product(dims)} bytes, but ${held} it.`);

/** The values of an IDX file's bytes. @param path for the error. @throws FailureError naming what is wrong */
export function parseIdx(bytes: Uint8Array, path: string, axes: number): Idx {
  const dims = parseHeader(bytes, path, axes);
  const values = bytes.subarray(headerSize(axes));
  if (product(dims) !== values.length) throw wrongCount(path, dims, `${values.length} follow`);
  return { dims, values };
}

/** The axes' sizes of a header that promises no more than is taken. @throws FailureError */
function checkedHeader(header: Uint8Array, path: string, axes: number, check: Check): number[] {
  const dims = parseHeader(header, path, axes);
  check(dims);
  const [examples = 0] = dims;
  if (examples > MOST_EXAMPLES)
    throw broken(path, `The header says ${examples} examples; the most taken is ${MOST_EXAMPLES}.`);
  if (product(dims) > MOST_BYTES)
    throw broken(path, `The header says ${product(dims)} bytes; the most taken is ${MOST_BYTES}.`);
  return dims;
}

async function readPlain(file: OpenFile, path: string, axes: number, check: Check): Promise<Idx> {
  const header = await readUpTo(file, headerSize(axes));
  const dims = parseHeader(header, path, axes);
  const length = file.size - headerSize(axes);
  if (product(dims) !== length) throw wrongCount(path, dims, `${length} follow`);
  checkedHeader(header, path, axes, check);
  return parseIdx(await readUpTo(file, file.size), path, axes);
}

/** Unpacks no more than the header says there is: a small file may unpack to any size. */
async function unpack(file: OpenFile, path: string, axes: number, check: Check): Promise<Idx> {
  const header = Buffer.alloc(headerSize(axes));
  let dims: number[] | null = null;
  let into = header;
  let filled = 0;
  const add = (piece: Buffer): void => {
    const taken = piece.copy(into, filled);
    filled += taken;
    if (!dims && filled === header.length) {
      dims = checkedHeader(header, path, axes, check);
      into = Buffer.allocUnsafeSlow(product(dims));
      filled = 0;
      add(piece.subarray(taken));
    } else if (dims && taken < piece.length) throw wrongCount(path, dims, 'more follow');
  };
  const unzip = createGunzip();
  const source = file.handle.createReadStream({ autoClose: false, start: 0 });
  source.on('error', (error) => unzip.destroy(error)).pipe(unzip);
  try {
    for await (const piece of unzip) add(piece as Buffer);
  } catch (error) {
    if (error instanceof FailureError) throw error;
    throw broken(path, `The gzip file cannot be unpacked: ${messageOf(error)}.`, error);
  } finally {
    source.destroy();
  }
  dims ??= parseHeader(header.subarray(0, filled), path, axes);
  if (filled < into.length) throw wrongCount(path, dims, `${filled} follow`);
  return { dims, values: into };
}

/**
 * Reads an IDX file of `axes` axes, plain or gzipped.
 * @param check sees the axes' sizes before a packed file is unpacked
 * @throws FailureError naming the file and what is wrong with it
 */
export async function readIdx(
  path: string,
  axes: number,
  check: Check = () => undefined,
): Promise<Idx> {
  try {
    return await withFile(path, async (file) => {
      const magic = await readUpTo(file, 2);
      const isPacked = magic.length === 2 && magic.readUInt16BE(0) === GZIP_MAGIC;
      return (isPacked ? unpack : readPlain)(file, path, axes, check);
    });
  } catch (error) {
    if (error instanceof FailureError) throw error;
    throw broken(path, `The file cannot be read: ${messageOf(error)}.`, error);
  }
}
