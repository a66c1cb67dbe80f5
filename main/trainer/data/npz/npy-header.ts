import { FailureError } from '../../../../shared/ipc.ts';
import { printable, shown } from '../../../../shared/shown.ts';
import { itemTypeOf, type ItemType } from './npy-types.ts';

/**
 * NPY, the format of a NumPy array (numpy.lib.format): a magic string, two bytes of version, the length of the header, and the header. This
 * is a Python dictionary of three keys, which is parsed here and never evaluated.
 */
export interface NpyHeader {
  item: ItemType;
  /** The type as the header writes it. */
  descr: string;
  /** Whether the first axis varies fastest. */
  isFortran: boolean;
  shape: number[];
}

const MAGIC = Buffer.from('\x93NUMPY', 'latin1');
/** The magic string and the version. */
export const MAGIC_BYTES = 8;
/** NumPy itself reads no longer header of a file that it does not trust. */
const MOST_HEADER_BYTES = 10_000;
/** NumPy's own limit. */
const MOST_AXES = 64;

/** Refuses an array that is not NPY, or is cut off. */
export const brokenArray = (where: string, what: string, cause?: unknown): FailureError =>
  new FailureError(
    { what, where, remedy: 'Write the file anew with numpy.savez_compressed.' },
    { cause },
  );

/**
 * How many bytes after the magic string and the version hold the header's length.
 * @param magic the first eight bytes
 * @throws FailureError if they are not those of an array
 */
export function lengthBytes(magic: Buffer, where: string): 2 | 4 {
  if (magic.length < MAGIC_BYTES || !magic.subarray(0, MAGIC.length).equals(MAGIC))
    throw brokenArray(where, 'This is no NumPy array: it does not begin as one.');
  const [major = 0, minor = 0] = magic.subarray(MAGIC.length);
  if (major >= 1 && major <= 3) return major === 1 ? 2 : 4;
  throw brokenArray(where, `This is a NumPy array of version ${major}.${minor}; 1 to 3 are known.`);
}

/**
 * Reads the header's length.
 * @param bytes the bytes that hold it
 * @throws FailureError if it is longer than any header
 */
export function headerLength(bytes: Buffer, where: string): number {
  const length = bytes.readUIntLE(0, bytes.length);
  if (length > MOST_HEADER_BYTES)
    throw brokenArray(
      where,
      `The array's header is to have ${length} bytes; the most taken is ${MOST_HEADER_BYTES}.`,
    );
  return length;
}

/**
 * @param text the dictionary
 * @throws FailureError that names what cannot be read
 */
export function parseNpyHeader(text: string, where: string): NpyHeader {
  const descr = /['"]descr['"]\s*:\s*(?:(['"])([^'"\\]*)\1|(\[))/.exec(text);
  const order = /['"]fortran_order['"]\s*:\s*(True|False)\b/.exec(text)?.[1];
  const axes = /['"]shape['"]\s*:\s*\(([\d\s,L]*)\)/.exec(text)?.[1];
  if (!descr || order === undefined || axes === undefined)
    throw brokenArray(where, `The array's header cannot be read: ${shown(text.trim())}.`);
  const type = descr[2] ?? 'fields';
  checkNoObjects(text, type, where);
  const item = itemTypeOf(type);
  if (!item)
    throw new FailureError({
      what: `The array holds ${printable(type)}, no plain numbers.`,
      where,
      remedy: 'Write it as numbers, such as uint8: array.astype("uint8").',
    });
  const shape = axes.split(',').flatMap((size) => /\d+/.exec(size)?.[0] ?? []);
  if (shape.length > MOST_AXES)
    throw brokenArray(
      where,
      `The array has ${shape.length} axes; the most there can be is ${MOST_AXES}.`,
    );
  return { item, descr: type, isFortran: order === 'True', shape: shape.map(Number) };
}

/** @throws FailureError if the items are Python objects, which are programs as much as data */
function checkNoObjects(text: string, type: string, where: string): void {
  const areObjects = /^\|?O/.test(type) || (type === 'fields' && /['"]\|?O\d*['"]/.test(text));
  if (!areObjects) return;
  throw new FailureError({
    what: 'The array holds pickled Python objects, which are never unpickled: they could run any program.',
    where,
    remedy:
      'Write it as an array of numbers: all images of one size, numpy.stack(list(array)).astype("uint8"); labels with array.astype("int64").',
  });
}

/** Number of items of the whole array; only approximate beyond 2^53. */
export const itemCount = ({ shape }: NpyHeader): number => shape.reduce((a, b) => a * b, 1);

/** The array as text for a person: 60000×28×28 numbers of uint8. */
export const arrayText = ({ shape, item, descr }: NpyHeader): string =>
  `${shape.length === 0 ? 'one' : shape.join('×')} ${item.number ? `numbers of ${item.number.name}` : `texts (${descr})`}`;
