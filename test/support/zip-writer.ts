import { deflateRawSync } from 'node:zlib';
import { buf as crc32 } from 'crc-32';

/** An entry as a zip archive tells of it, true or not. */
export interface ZipItem {
  name: string | Buffer;
  bytes: Buffer;
  /** 8, Deflate, if not said. */
  method?: number;
  flags?: number;
  /** What is told in place of the truth. */
  crc?: number;
  declared?: number;
  /** Unix's, with the type of file. */
  mode?: number;
  /** Sizes and offset stand in Zip64's field. */
  isZip64?: boolean;
}

const UTF8 = 0x800;
const FULL = 0xffffffff;

interface Placed {
  item: ZipItem;
  name: Buffer;
  packed: Buffer;
  at: number;
}

const fieldsOf = ({ item, name, packed }: Placed, extra: number): Buffer => {
  const fields = Buffer.alloc(26);
  const isUtf8 = typeof item.name === 'string';
  fields.writeUInt16LE(45, 0);
  fields.writeUInt16LE(item.flags ?? (isUtf8 ? UTF8 : 0), 2);
  fields.writeUInt16LE(item.method ?? 8, 4);
  fields.writeUInt32LE(item.crc ?? crc32(item.bytes) >>> 0, 10);
  fields.writeUInt32LE(item.isZip64 === true ? FULL : packed.length, 14);
  fields.writeUInt32LE(item.isZip64 === true ? FULL : (item.declared ?? item.bytes.length), 18);
  fields.writeUInt16LE(name.length, 22);
  fields.writeUInt16LE(extra, 24);
  return fields;
};

function zip64Field({ item, packed, at }: Placed): Buffer {
  if (item.isZip64 !== true) return Buffer.alloc(0);
  const field = Buffer.alloc(28);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(24, 2);
  field.writeBigUInt64LE(BigInt(item.declared ?? item.bytes.length), 4);
  field.writeBigUInt64LE(BigInt(packed.length), 12);
  field.writeBigUInt64LE(BigInt(at), 20);
  return field;
}

const signed = (signature: number, ...parts: Buffer[]): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt32LE(signature);
  return Buffer.concat([head, ...parts]);
};

function listed(placed: Placed): Buffer {
  const extra = zip64Field(placed);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(((placed.item.mode ?? 0) << 16) >>> 0, 6);
  rest.writeUInt32LE(placed.item.isZip64 === true ? FULL : placed.at, 10);
  const madeOnUnix = Buffer.from([45, 3]);
  return signed(0x02014b50, madeOnUnix, fieldsOf(placed, extra.length), rest, placed.name, extra);
}

/** The end of an archive: how many entries there are, how long their list is, and where it begins. */
function ending(count: number, length: number, at: number, isZip64: boolean): Buffer {
  const end = Buffer.alloc(18);
  end.writeUInt16LE(count & 0xffff, 4);
  end.writeUInt16LE(count & 0xffff, 6);
  end.writeUInt32LE(length, 8);
  end.writeUInt32LE(isZip64 ? FULL : at, 12);
  if (!isZip64) return signed(0x06054b50, end);
  const record = Buffer.alloc(52);
  record.writeBigUInt64LE(44n, 0);
  record.writeBigUInt64LE(BigInt(count), 20);
  record.writeBigUInt64LE(BigInt(count), 28);
  record.writeBigUInt64LE(BigInt(length), 36);
  record.writeBigUInt64LE(BigInt(at), 44);
  const locator = Buffer.alloc(16);
  locator.writeBigUInt64LE(BigInt(at + length), 4);
  locator.writeUInt32LE(1, 12);
  return Buffer.concat([
    signed(0x06064b50, record),
    signed(0x07064b50, locator),
    signed(0x06054b50, end),
  ]);
}

/** A zip archive of these entries; its count is cut to 16 bits, as by programs that know no Zip64. */
export function zipOf(items: readonly ZipItem[], isZip64 = false): Buffer {
  const parts: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const item of items) {
    const packed = (item.method ?? 8) === 8 ? deflateRawSync(item.bytes) : item.bytes;
    const placed = { item, name: Buffer.from(item.name), packed, at };
    const local = signed(0x04034b50, fieldsOf(placed, 0), placed.name, packed);
    parts.push(local);
    list.push(listed(placed));
    at += local.length;
  }
  const directory = Buffer.concat(list);
  return Buffer.concat([...parts, directory, ending(items.length, directory.length, at, isZip64)]);
}
