import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { FailureError } from '../../../shared/ipc.ts';

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
const UNSIGNED_BYTE = 8;
const GZIP_MAGIC = 0x1f8b;

const remedy =
  'Put an undamaged IDX file there; MNIST’s four files, plain or as .gz, are such files.';
const broken = (path: string, what: string, cause?: unknown): FailureError =>
  new FailureError({ what, where: path, remedy }, { cause });

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

async function read(path: string): Promise<Buffer> {
  const { size } = await stat(path);
  if (size > MOST_BYTES)
    throw broken(path, `The file has ${size} bytes; the most taken is ${MOST_BYTES}.`);
  const file = await open(path);
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** Unpacks no more than the header says there is: a small file may unpack to any size. */
async function unpack(path: string, axes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  let whole: number | null = null;
  const add = (piece: Buffer): void => {
    pieces.push(piece);
    length += piece.length;
    if (whole === null && length >= headerSize(axes)) {
      const dims = parseHeader(Buffer.concat(pieces), path, axes);
      whole = headerSize(axes) + product(dims);
      if (whole > MOST_BYTES)
        throw broken(
          path,
          `The header says ${product(dims)} bytes; the most taken is ${MOST_BYTES}.`,
        );
    }
    if (whole !== null && length > whole)
      throw wrongCount(path, parseHeader(Buffer.concat(pieces), path, axes), 'more follow');
  };
  const unzip = createGunzip();
  const source = createReadStream(path)
    .on('error', (error) => unzip.destroy(error))
    .pipe(unzip);
  try {
    for await (const piece of source) add(piece as Buffer);
  } finally {
    source.destroy();
  }
  return Buffer.concat(pieces);
}

/** Reads an IDX file of `axes` axes, plain or gzipped. @throws FailureError naming the file and what is wrong with it */
export async function readIdx(path: string, axes: number): Promise<Idx> {
  let bytes: Buffer;
  try {
    bytes = await read(path);
  } catch (error) {
    if (error instanceof FailureError) throw error;
    throw broken(
      path,
      `The file cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      error,
    );
  }
  if (bytes.length < 2 || bytes.readUInt16BE(0) !== GZIP_MAGIC) return parseIdx(bytes, path, axes);
  try {
    bytes = await unpack(path, axes);
  } catch (error) {
    if (error instanceof FailureError) throw error;
    throw broken(
      path,
      `The gzip file cannot be unpacked: ${error instanceof Error ? error.message : String(error)}`,
      error,
    );
  }
  return parseIdx(bytes, path, axes);
}
