import { createHash, type Hash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import type { FileSummary } from '../record.ts';
import { crc32c, maskChecksum } from './checksum.ts';
import { encodeEntry, encodeHeader, type BundleEntry } from './proto.ts';
import { FLOAT32, INT64 } from './read.ts';
import { encodeTable } from './table.ts';

/** A variable's values at one step. */
export interface Tensor {
  name: string;
  shape: readonly number[];
  values: Float32Array | BigInt64Array;
}

/**
 * Writes a checkpoint's data and index files. SaveV2 is not used, so that training need not wait and every failed write or sync
 * is noticed.
 */
export async function writeBundle(
  paths: { data: string; index: string },
  tensors: readonly Tensor[],
): Promise<{ data: FileSummary; index: FileSummary }> {
  const sorted = [...tensors].sort((a, b) => (a.name < b.name ? -1 : 1));
  const entries: [string, BundleEntry][] = [];
  const data = await writtenAndSynced(paths.data, async (file, hash) => {
    let offset = 0;
    for (const { name, shape, values } of sorted) {
      const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
      hash.update(bytes);
      // Unlike `write`, which may write only a part, `writeFile` goes on until everything is written.
      await file.writeFile(bytes);
      const dtype = values instanceof Float32Array ? FLOAT32 : INT64;
      const place = { offset, size: bytes.length, crc32c: maskChecksum(crc32c(bytes)) };
      entries.push([name, { dtype, shape: [...shape], ...place }]);
      offset += bytes.length;
    }
  });
  const table = encodeTable([
    ['', encodeHeader()],
    ...entries.map(([name, entry]) => [name, encodeEntry(entry)] as const),
  ]);
  const index = await writtenAndSynced(paths.index, async (file, hash) => {
    hash.update(table);
    await file.writeFile(table);
  });
  return { data, index };
}

async function writtenAndSynced(
  path: string,
  write: (file: FileHandle, hash: Hash) => Promise<void>,
): Promise<FileSummary> {
  const hash = createHash('sha256');
  const file = await open(path, 'w');
  try {
    await write(file, hash);
    await file.sync();
    const { size } = await file.stat();
    return { bytes: size, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}
