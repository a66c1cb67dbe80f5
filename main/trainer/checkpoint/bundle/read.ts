import { readBounded, readUpTo, withFile, type OpenFile } from '../../files/bounded-file.ts';
import { decodeEntry, decodeHeader, type BundleEntry } from './proto.ts';
import { crc32c, maskChecksum } from './checksum.ts';
import { decodeTable, type Row } from './table.ts';

/** The type numbers in this app's checkpoints. */
export const FLOAT32 = 1;
export const INT64 = 9;

/** Names of the types that a TensorFlow checkpoint may hold, by their numbers in types.proto. */
const typeNames = new Map([
  [FLOAT32, 'float32'],
  [2, 'float64'],
  [3, 'int32'],
  [7, 'string'],
  [INT64, 'int64'],
  [10, 'bool'],
  [14, 'bfloat16'],
  [19, 'float16'],
]);
const INT32 = 3;
/** Strings are laid out and checked in another way than numbers. */
const STRING = 7;

export const typeName = (dtype: number): string => typeNames.get(dtype) ?? `type ${dtype}`;

/** Whether a variable's bytes are its numbers, all in one place. */
export const isNumeric = ({ dtype, isSliced }: BundleEntry): boolean =>
  dtype !== STRING && isSliced !== true;

/** The header's key sorts before every name. */
const HEADER_KEY = '';

/** The longest index that is read, in bytes. An index takes few bytes for each variable. */
const MOST_INDEX = 64_000_000;

/** A checkpoint of any program: its variables, and the number of its data files (shards). */
export interface Bundle {
  prefix: string;
  shards: number;
  variables: Map<string, BundleEntry>;
}

const fiveDigits = (number: number): string => String(number).padStart(5, '0');

/** The paths of the data files, in order. */
export const dataPaths = ({ prefix, shards }: Pick<Bundle, 'prefix' | 'shards'>): string[] =>
  Array.from(
    { length: shards },
    (_, k) => `${prefix}.data-${fiveDigits(k)}-of-${fiveDigits(shards)}`,
  );

/** The most shards that can be: their numbers have five digits in a name. */
const MOST_SHARDS = 99_999;

/** The key of a variable's slice begins with this; no variable's name does. */
const SLICE = '\0';

/**
 * Opens a checkpoint by its index.
 * @throws Error saying what is wrong with the index file
 */
export async function openBundle(prefix: string): Promise<Bundle> {
  const rows = decodeTable(await readBounded(`${prefix}.index`, MOST_INDEX));
  const header = rows.find(([key]) => key === HEADER_KEY);
  if (!header) throw new Error('the index has no header');
  const shards = decodeHeader(header[1]);
  if (shards < 1 || shards > MOST_SHARDS) throw new Error(`it tells of ${shards} data files`);
  return { prefix, shards, variables: variablesOf(rows) };
}

/**
 * A checkpoint's variables by name, without their values.
 * @throws Error saying what is wrong with the index file
 */
export async function readIndex(path: string): Promise<Map<string, BundleEntry>> {
  return variablesOf(decodeTable(await readBounded(path, MOST_INDEX)));
}

const variablesOf = (rows: readonly Row[]): Map<string, BundleEntry> =>
  new Map(
    rows.flatMap(([key, value]) =>
      key === HEADER_KEY || key.startsWith(SLICE) ? [] : [[key, decodeEntry(value)]],
    ),
  );

/**
 * Values of the float32 variables among `wanted`, each checked against its checksum.
 * @throws Error naming the variable
 */
export function readFloats(
  dataPath: string,
  wanted: ReadonlyMap<string, BundleEntry>,
): Promise<Map<string, Float32Array>> {
  return withFile(dataPath, async (file) => {
    const values = new Map<string, Float32Array>();
    for (const [name, entry] of wanted) {
      if (entry.dtype !== FLOAT32 || entry.isSliced) continue;
      const bytes = await checkedBytes(file, name, entry);
      values.set(name, new Float32Array(bytes.buffer));
    }
    return values;
  });
}

/** Like `readFloats`, for a checkpoint with any number of data files. */
export async function readBundleFloats(
  bundle: Bundle,
  wanted: ReadonlyMap<string, BundleEntry>,
): Promise<Map<string, Float32Array>> {
  const values = new Map<string, Float32Array>();
  for (const [k, path] of dataPaths(bundle).entries()) {
    const here = new Map([...wanted].filter(([, { shard = 0 }]) => shard === k));
    if (here.size === 0) continue;
    for (const [name, read] of await readFloats(path, here)) values.set(name, read);
  }
  return values;
}

/**
 * Reads an integer from a checkpoint, such as its step; null if it has none of this name.
 * @throws Error
 */
export async function readWhole(bundle: Bundle, name: string): Promise<number | null> {
  const entry = bundle.variables.get(name);
  const path = dataPaths(bundle)[entry?.shard ?? 0];
  if (!entry || path === undefined || entry.shape.length > 0) return null;
  if (entry.dtype !== INT64 && entry.dtype !== INT32) return null;
  const bytes = Buffer.from(await withFile(path, (file) => checkedBytes(file, name, entry)));
  return entry.dtype === INT64 ? Number(bytes.readBigInt64LE()) : bytes.readInt32LE();
}

/**
 * Checks all variables against their checksums, except strings and slices.
 * @throws Error naming the damaged variable or file
 */
export async function verifyBundle(bundle: Bundle): Promise<void> {
  for (const [k, path] of dataPaths(bundle).entries())
    await withFile(path, async (file) => {
      for (const [name, entry] of bundle.variables) {
        if ((entry.shard ?? 0) !== k || !isNumeric(entry)) continue;
        await checkedBytes(file, name, entry);
      }
    });
}

async function checkedBytes(
  file: OpenFile,
  name: string,
  { offset, size, crc32c: expected }: BundleEntry,
): Promise<Uint8Array> {
  if (offset + size > file.size) throw new Error(`${name} lies beyond the data file’s end`);
  const bytes = await readUpTo(file, size, offset);
  if (maskChecksum(crc32c(bytes)) !== expected) throw new Error(`the checksum of ${name} is wrong`);
  return bytes;
}
