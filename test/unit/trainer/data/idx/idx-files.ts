import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** IDX files of any type of number, as other programs write them. */

const writers = {
  uint8: [8, 1, 'writeUInt8'],
  int8: [9, 1, 'writeInt8'],
  int16: [11, 2, 'writeInt16BE'],
  int32: [12, 4, 'writeInt32BE'],
  float32: [13, 4, 'writeFloatBE'],
  float64: [14, 8, 'writeDoubleBE'],
} as const;
export type TypeName = keyof typeof writers;

export function idx(
  dims: readonly number[],
  values: ArrayLike<number>,
  type: TypeName = 'uint8',
): Buffer {
  const [code, bytes, write] = writers[type];
  const header = Buffer.alloc(4 + 4 * dims.length);
  header.writeUInt32BE(code * 256 + dims.length);
  dims.forEach((size, axis) => header.writeUInt32BE(size, 4 + 4 * axis));
  const body = Buffer.alloc(values.length * bytes);
  for (let k = 0; k < values.length; k++) body[write](values[k]!, k * bytes);
  return Buffer.concat([header, body]);
}

/** Writes files by their paths below a folder. */
export function write(folder: string, files: Record<string, Uint8Array>): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** The four files of a dataset under MNIST's names. */
export const four = (
  train: readonly [Buffer, Buffer],
  test: readonly [Buffer, Buffer],
): Record<string, Buffer> => ({
  'train-images-idx3-ubyte': train[0],
  'train-labels-idx1-ubyte': train[1],
  't10k-images-idx3-ubyte': test[0],
  't10k-labels-idx1-ubyte': test[1],
});
