import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** IDX's header: unsigned bytes, then the size of each axis. */
export function idxHeader(...dims: readonly number[]): Buffer {
  const header = Buffer.alloc(4 + 4 * dims.length);
  header.writeUInt32BE(0x0800 + dims.length);
  dims.forEach((size, axis) => header.writeUInt32BE(size, 4 + 4 * axis));
  return header;
}

/** A whole file: its values may come in several pieces. */
export const idxFile = (dims: readonly number[], ...values: readonly Uint8Array[]): Buffer =>
  Buffer.concat([idxHeader(...dims), ...values]);

/**
 * Writes one part of a data set by the names of MNIST's files.
 * @param images 28×28 pixels each, in one piece or in several
 * @param labels one byte each
 */
export function writeIdxPart(
  folder: string,
  part: 'train' | 't10k',
  images: readonly Uint8Array[],
  labels: ArrayLike<number>,
): void {
  const count = labels.length;
  const write = (kind: string, file: Buffer): void =>
    writeFileSync(join(folder, `${part}-${kind}-ubyte`), file);
  write('images-idx3', idxFile([count, 28, 28], ...images));
  write('labels-idx1', idxFile([count], Uint8Array.from(labels)));
}
