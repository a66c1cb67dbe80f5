import protobuf from 'protobufjs';
import { crc32c, maskChecksum } from '../../main/trainer/checkpoint/bundle/checksum.ts';
import { encodeEntry, encodeHeader } from '../../main/trainer/checkpoint/bundle/proto.ts';
import { encodeTable } from '../../main/trainer/checkpoint/bundle/table.ts';

/** Indices of checkpoints as somebody would make them who means harm: every checksum is right, and what it protects is not. */

/** The last bytes of every table. */
const MAGIC = encodeTable([['', encodeHeader()]]).subarray(-8);

export const varints = (...values: number[]): Buffer => {
  const writer = new protobuf.Writer();
  for (const value of values) writer.uint64(value);
  return Buffer.from(writer.finish());
};

/** A table whose blocks are what they say by their checksums, whatever is in them. */
export function tableOf(
  blocks: readonly Uint8Array[],
  handles: (places: readonly [number, number][]) => Buffer,
): Buffer {
  const parts: Buffer[] = [];
  const places: [number, number][] = [];
  let at = 0;
  const place = (content: Uint8Array): [number, number] => {
    const typed = Buffer.concat([content, Buffer.of(0)]);
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32LE(maskChecksum(crc32c(typed)));
    parts.push(typed, checksum);
    const found: [number, number] = [at, content.length];
    at += typed.length + 4;
    return found;
  };
  for (const block of blocks) places.push(place(block));
  const root = place(handles(places));
  const footer = Buffer.alloc(48);
  varints(0, 0, ...root).copy(footer);
  footer.set(MAGIC, 40);
  return Buffer.concat([...parts, footer]);
}

/** Rows with the end of a block that has one restart point. */
export const blockOf = (...rows: readonly Buffer[]): Buffer => {
  const end = Buffer.alloc(8);
  end.writeUInt32LE(1, 4);
  return Buffer.concat([...rows, end]);
};
export const row = (shared: number, own: string, value: Uint8Array): Buffer =>
  Buffer.concat([varints(shared, own.length, value.length), Buffer.from(own, 'latin1'), value]);

/** One block of a thousand rows, which the table names a hundred thousand times. */
export function repeatingTable(): Buffer {
  const block = blockOf(...Array.from({ length: 1000 }, (_, k) => row(0, `w${k}`, encodeHeader())));
  return tableOf([block], ([place = [0, 0]]) =>
    blockOf(...Array.from({ length: 100_000 }, () => row(0, 'z', varints(...place)))),
  );
}

/** Keys of which each repeats the half million letters of the one before. */
export function sharingTable(): Buffer {
  const first = row(0, 'k'.repeat(500_000), encodeHeader());
  const bomb = blockOf(
    first,
    ...Array.from({ length: 50_000 }, () => row(500_000, 'x', encodeHeader())),
  );
  return tableOf([bomb], ([place = [0, 0]]) => blockOf(row(0, 'z', varints(...place))));
}

/** A variable of four billion bytes, unless something else is said. */
export const variableTable = (
  name: string,
  changed: { offset?: number; size?: number; header?: Uint8Array } = {},
): Buffer => {
  const { header = encodeHeader(), ...place } = changed;
  const entry = { dtype: 1, shape: [2 ** 30], offset: 0, size: 2 ** 32, crc32c: 0, ...place };
  return Buffer.from(
    encodeTable([
      ['', header],
      [name, encodeEntry(entry)],
    ]),
  );
};

/** BundleHeaderProto.num_shards = 2³¹ − 1. */
export const COUNTLESS_FILES = Uint8Array.of(8, 255, 255, 255, 255, 7);
