import protobuf from 'protobufjs';
import { crc32c, maskChecksum } from './checksum.ts';

/**
 * Reads and writes a checkpoint's `.index` file: a sorted table of keys and values in LevelDB's format (doc/table_format.md in
 * LevelDB, tensorflow/core/lib/io/format.h in TensorFlow). It is written as one uncompressed block and read with any number of
 * blocks.
 */

const MAGIC = [0x8b80fb57, 0xdb477524] as const;
const FOOTER = 48;
const NO_COMPRESSION = 0;
/** Bytes after each block: its compression type and its checksum. */
const TRAILER = 5;

export type Row = readonly [key: string, value: Uint8Array];

/** Encodes varints with protobuf's writer, because the two formats encode them alike. */
const encodeVarints = (...values: number[]): Buffer => {
  const writer = new protobuf.Writer();
  for (const value of values) writer.uint64(value);
  return Buffer.from(writer.finish());
};

/** Every key is written whole, so every row is a restart point. */
function blockOf(rows: readonly Row[]): Buffer {
  const parts: Buffer[] = [];
  const restarts: number[] = [];
  let at = 0;
  for (const [key, value] of rows) {
    restarts.push(at);
    const keyBytes = Buffer.from(key, 'latin1');
    const row = Buffer.concat([encodeVarints(0, keyBytes.length, value.length), keyBytes, value]);
    parts.push(row);
    at += row.length;
  }
  if (rows.length === 0) restarts.push(0);
  const tail = Buffer.alloc(4 * (restarts.length + 1));
  restarts.forEach((restart, k) => tail.writeUInt32LE(restart, 4 * k));
  tail.writeUInt32LE(restarts.length, 4 * restarts.length);
  return Buffer.concat([...parts, tail]);
}

/**
 * @param rows sorted by key.
 * @returns the whole file
 */
export function encodeTable(rows: readonly Row[]): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  const place = (content: Buffer): Buffer => {
    const typed = Buffer.concat([content, Buffer.of(NO_COMPRESSION)]);
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32LE(maskChecksum(crc32c(typed)));
    parts.push(typed, checksum);
    const handle = encodeVarints(at, content.length);
    at += content.length + TRAILER;
    return handle;
  };
  const data = place(blockOf(rows));
  const metaIndex = place(blockOf([]));
  const index = place(blockOf([[rows.at(-1)?.[0] ?? '', data]]));
  const footer = Buffer.alloc(FOOTER);
  Buffer.concat([metaIndex, index]).copy(footer);
  footer.writeUInt32LE(MAGIC[0], FOOTER - 8);
  footer.writeUInt32LE(MAGIC[1], FOOTER - 4);
  return Buffer.concat([...parts, footer]);
}

/** Reads the next handle from `reader` and returns the content of that block, after checking its checksum. */
function blockAt(file: Buffer, reader: protobuf.Reader): Buffer {
  const offset = Number(reader.uint64());
  const size = Number(reader.uint64());
  if (offset + size + TRAILER > file.length) throw new Error('a block lies beyond its end');
  const typed = file.subarray(offset, offset + size + 1);
  if (maskChecksum(crc32c(typed)) !== file.readUInt32LE(offset + size + 1))
    throw new Error('a block’s checksum is wrong');
  if (typed[size] !== NO_COMPRESSION) throw new Error('a block is compressed');
  return typed.subarray(0, size);
}

/** Of a whole table: a file that tells the same over and over, or whose keys each repeat the one before, would fill the memory. */
const MOST_ROWS = 100_000;
const MOST_KEY_CHARACTERS = 10_000_000;

/** How much of a table was read. */
interface Reach {
  rows: number;
  keyCharacters: number;
}

/** @throws Error if the content is no block, or the table becomes too large with it */
function rowsOf(content: Buffer, reach: Reach): Row[] {
  if (content.length < 4) throw new Error('a block is too short');
  const restarts = content.readUInt32LE(content.length - 4);
  const reader = new protobuf.Reader(content.subarray(0, content.length - 4 * (restarts + 1)));
  const rows: Row[] = [];
  let key = '';
  while (reader.pos < reader.len) {
    const shared = reader.uint32();
    const own = reader.uint32();
    const length = reader.uint32();
    const keyEnd = reader.pos + own;
    key = key.slice(0, shared) + content.toString('latin1', reader.pos, keyEnd);
    reach.rows++;
    reach.keyCharacters += key.length;
    if (reach.rows > MOST_ROWS || reach.keyCharacters > MOST_KEY_CHARACTERS)
      throw new Error('it tells of more variables than a network has');
    rows.push([key, content.subarray(keyEnd, keyEnd + length)]);
    reader.skip(own + length);
  }
  return rows;
}

/** @throws Error saying why the bytes are not such a table */
export function decodeTable(file: Buffer): Row[] {
  if (file.length < FOOTER) throw new Error(`it has only ${file.length} bytes`);
  const footer = file.subarray(file.length - FOOTER);
  if (footer.readUInt32LE(FOOTER - 8) !== MAGIC[0] || footer.readUInt32LE(FOOTER - 4) !== MAGIC[1])
    throw new Error('it does not end as a TensorFlow index does');
  const handles = new protobuf.Reader(footer);
  handles.uint64();
  handles.uint64();
  const reach: Reach = { rows: 0, keyCharacters: 0 };
  return rowsOf(blockAt(file, handles), reach).flatMap(([, handle]) =>
    rowsOf(blockAt(file, new protobuf.Reader(handle)), reach),
  );
}
