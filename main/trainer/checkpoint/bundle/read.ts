import { readBounded, readUpTo, withFile } from '../../bounded-file.ts';
import { decodeEntry, type BundleEntry } from './proto.ts';
import { crc32c, masked } from './checksum.ts';
import { decodeTable } from './table.ts';

/** Type numbers that this app's checkpoints hold. */
export const FLOAT32 = 1;
export const INT64 = 9;

/** The header's key sorts before every name. */
const HEADER_KEY = '';

/** An index has some bytes for each variable. */
const MOST_INDEX = 64_000_000;

/** A checkpoint's variables by name, without their values. @throws Error saying what is wrong with the index file */
export async function readIndex(path: string): Promise<Map<string, BundleEntry>> {
  const rows = decodeTable(await readBounded(path, MOST_INDEX));
  return new Map(
    rows.flatMap(([key, value]) => (key === HEADER_KEY ? [] : [[key, decodeEntry(value)]])),
  );
}

/** Values of the float32 variables among `wanted`, each checked against its checksum. @throws Error naming the variable */
export function readFloats(
  dataPath: string,
  wanted: ReadonlyMap<string, BundleEntry>,
): Promise<Map<string, Float32Array>> {
  return withFile(dataPath, async (file) => {
    const values = new Map<string, Float32Array>();
    for (const [name, { dtype, offset, size, crc32c: expected }] of wanted) {
      if (dtype !== FLOAT32) continue;
      if (offset + size > file.size) throw new Error(`${name} lies beyond the data file’s end`);
      const bytes = await readUpTo(file, size, offset);
      if (masked(crc32c(bytes)) !== expected) throw new Error(`the checksum of ${name} is wrong`);
      values.set(name, new Float32Array(bytes.buffer));
    }
    return values;
  });
}
