import { FailureError } from '../../../../shared/ipc.ts';
import { systemFault } from '../../../../shared/system-errors.ts';
import { foreignFormat } from '../foreign-format.ts';
import { unsuitableFile } from '../unsuitable-file.ts';

/** A type of number that IDX knows; its values are big-endian. */
export interface NumberType {
  name: string;
  /** Bytes of one number. */
  bytes: number;
  isFloat: boolean;
  read: (view: DataView, at: number, littleEndian: boolean) => number;
}

/** Types by the third byte of the file. */
const types = new Map<number, NumberType>([
  [8, { name: 'uint8', bytes: 1, isFloat: false, read: (view, at) => view.getUint8(at) }],
  [9, { name: 'int8', bytes: 1, isFloat: false, read: (view, at) => view.getInt8(at) }],
  [
    11,
    { name: 'int16', bytes: 2, isFloat: false, read: (view, at, end) => view.getInt16(at, end) },
  ],
  [
    12,
    { name: 'int32', bytes: 4, isFloat: false, read: (view, at, end) => view.getInt32(at, end) },
  ],
  [
    13,
    { name: 'float32', bytes: 4, isFloat: true, read: (view, at, end) => view.getFloat32(at, end) },
  ],
  [
    14,
    { name: 'float64', bytes: 8, isFloat: true, read: (view, at, end) => view.getFloat64(at, end) },
  ],
]);

/** What the header of an IDX file says about its values. */
export interface IdxHeader {
  type: NumberType;
  dims: number[];
  /** Length of the header. */
  bytes: number;
}

/** Images may have a fourth axis, of channels. */
const MOST_AXES = 4;
/** The first bytes, which say how long the header is. */
export const MAGIC_BYTES = 4;

/** Refuses a file that is not IDX, or is cut off. */
export const brokenFile = (path: string, what: string, cause?: unknown): FailureError =>
  new FailureError(
    {
      what,
      where: path,
      remedy:
        systemFault(cause)?.remedy ??
        'Put an undamaged IDX file there; MNIST’s four files, plain or as .gz, are such files.',
    },
    { cause },
  );

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');

/**
 * @param magic the file's first bytes, or as many as there are
 * @throws FailureError if they are not those of an IDX file
 */
export function headerBytes(magic: Uint8Array, path: string): number {
  const [first, second, type = 0, axes = 0] = magic;
  if (first === undefined) throw brokenFile(path, 'The file is empty.');
  const isIdx = first === 0 && (second ?? 0) === 0;
  if (isIdx && magic.length < MAGIC_BYTES)
    throw brokenFile(path, `The file has ${magic.length} bytes, too few for an IDX header of 8.`);
  if (isIdx && types.has(type) && axes >= 1) {
    if (axes <= MOST_AXES) return MAGIC_BYTES + 4 * axes;
    throw unsuitableFile(
      path,
      `The IDX file has ${axes} axes.`,
      'Labels have one axis; images have three: count, height and width.',
    );
  }
  // A header written with the least significant byte first begins with such a magic number.
  if (types.has(second ?? 0) && type === 0 && axes === 0 && first >= 1 && first <= MOST_AXES)
    throw unsuitableFile(
      path,
      `The header of this IDX file is little-endian: it begins with ${hex(magic.subarray(0, 4))}.`,
      'Write the file anew with big-endian numbers, the most significant byte first.',
    );
  const format = foreignFormat(magic);
  const what = `The file is no IDX file: it begins with ${hex(magic.subarray(0, 4))}`;
  if (format === null) throw brokenFile(path, `${what}.`);
  throw unsuitableFile(
    path,
    `${what}, as ${format} does.`,
    'Put an IDX file there; MNIST’s four files, plain or as .gz, are such files.',
  );
}

/**
 * @param bytes the file's beginning
 * @throws FailureError that names what is wrong with the header
 */
export function parseHeader(bytes: Uint8Array, path: string): IdxHeader {
  const length = headerBytes(bytes, path);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const type = types.get(view.getUint8(2));
  if (!type || bytes.length < length)
    throw brokenFile(
      path,
      `The file has ${bytes.length} bytes, too few for an IDX header of ${length}.`,
    );
  const axes = view.getUint8(3);
  const dims = Array.from({ length: axes }, (_, axis) => view.getUint32(MAGIC_BYTES + 4 * axis));
  return { type, dims, bytes: length };
}

const productOf = (dims: readonly number[]): number => dims.reduce((a, b) => a * b, 1);

/** Number of bytes of values that the header promises. */
export const promisedBytes = ({ type, dims }: IdxHeader): number => productOf(dims) * type.bytes;

/** The promised bytes as text for a person: 60000×28×28 = 47040000 bytes. */
export function promisedText(header: IdxHeader): string {
  const { type, dims } = header;
  const sizes = dims.join('×');
  const numbers = type.bytes === 1 ? sizes : `${sizes} numbers of ${type.name}`;
  const bytes = `${promisedBytes(header)} bytes`;
  return `${numbers} = ${bytes}`;
}
