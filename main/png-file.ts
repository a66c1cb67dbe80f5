import { crc32, deflateSync, inflateSync } from 'node:zlib';
import type { PixelBytes } from '../shared/own-drawings.ts';

/**
 * PNG files of grey or coloured pixels, eight bits each, without transparency (W3C, "Portable Network Graphics", third edition). Why no
 * library reads them: docs/dependencies.md.
 */

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const GREY = 0;
const COLOURED = 2;
/** A chunk's length, name and checksum. */
const AROUND = 12;
const MOST_SIDE = 4_096;
const MOST_BYTES = 3_000_000;

export function encodePng({ height, width, channels, pixels }: PixelBytes): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, channels === 1 ? GREY : COLOURED, 0, 0, 0], 8);
  const size = width * channels;
  // Each row begins with the number of its filter: none.
  const rows = Buffer.alloc(height * (size + 1));
  for (let row = 0; row < height; row++)
    rows.set(pixels.subarray(row * size, (row + 1) * size), row * (size + 1) + 1);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, content: Buffer): Buffer {
  const bytes = Buffer.alloc(content.length + AROUND);
  bytes.writeUInt32BE(content.length, 0);
  bytes.write(name, 4, 'latin1');
  content.copy(bytes, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + content.length)), 8 + content.length);
  return bytes;
}

/** @throws Error that says, after a colon, why it cannot be read */
export function decodePng(file: Buffer): PixelBytes {
  if (!file.subarray(0, 8).equals(SIGNATURE)) throw new Error('it is no PNG file');
  const chunks = [...chunksOf(file)];
  const head = chunks[0];
  if (head?.name !== 'IHDR' || head.content.length !== 13) throw new Error('its head is damaged');
  const [width, height] = [head.content.readUInt32BE(0), head.content.readUInt32BE(4)];
  const [bits, kind, , , interlaced] = head.content.subarray(8);
  if (bits !== 8 || (kind !== GREY && kind !== COLOURED) || interlaced !== 0)
    throw new Error('it has another kind of pixels than grey or coloured ones of eight bits');
  const channels = kind === GREY ? 1 : 3;
  const isTooLarge = width > MOST_SIDE || height > MOST_SIDE;
  if (width * height === 0 || isTooLarge || width * height * channels > MOST_BYTES)
    throw new Error(`it is ${width}×${height} pixels large`);
  const packed = chunks.filter(({ name }) => name === 'IDAT').map(({ content }) => content);
  const length = height * (width * channels + 1);
  const rows = unpacked(Buffer.concat(packed), length);
  return { height, width, channels, pixels: withoutFilters(rows, width * channels, channels) };
}

function* chunksOf(file: Buffer): Generator<{ name: string; content: Buffer }> {
  for (let at = 8; at < file.length;) {
    const length = at + AROUND <= file.length ? file.readUInt32BE(at) : file.length;
    if (at + AROUND + length > file.length) throw new Error('it ends too early');
    const named = file.subarray(at + 4, at + 8 + length);
    if (crc32(named) !== file.readUInt32BE(at + 8 + length)) throw new Error('it is damaged');
    const name = named.toString('latin1', 0, 4);
    yield { name, content: named.subarray(4) };
    if (name === 'IEND') return;
    at += AROUND + length;
  }
  throw new Error('it ends too early');
}

function unpacked(packed: Buffer, length: number): Buffer {
  let rows: Buffer;
  try {
    rows = inflateSync(packed, { maxOutputLength: length });
  } catch (cause) {
    throw new Error('its pixels are damaged', { cause });
  }
  if (rows.length !== length) throw new Error('pixels are missing');
  return rows;
}

/** @param size bytes of a row */
function withoutFilters(rows: Buffer, size: number, channels: number): Uint8Array {
  const height = rows.length / (size + 1);
  const pixels = new Uint8Array(height * size);
  for (let row = 0; row < height; row++) {
    const filter = rows[row * (size + 1)] ?? 0;
    if (filter > 4) throw new Error('its pixels are damaged');
    const start = row * size;
    for (let k = 0; k < size; k++) {
      const left = k < channels ? 0 : (pixels[start + k - channels] ?? 0);
      const above = row === 0 ? 0 : (pixels[start + k - size] ?? 0);
      const corner = row === 0 || k < channels ? 0 : (pixels[start + k - size - channels] ?? 0);
      const guess = guesses[filter]?.(left, above, corner) ?? 0;
      pixels[start + k] = (rows[row * (size + 1) + 1 + k] ?? 0) + guess;
    }
  }
  return pixels;
}

/** What each filter takes a byte for, by those to its left, above it, and above that to the left. */
const guesses: readonly ((left: number, above: number, corner: number) => number)[] = [
  () => 0,
  (left) => left,
  (_, above) => above,
  (left, above) => (left + above) >> 1,
  (left, above, corner) => {
    const sum = left + above - corner;
    const [a, b, c] = [Math.abs(sum - left), Math.abs(sum - above), Math.abs(sum - corner)];
    return a <= b && a <= c ? left : b <= c ? above : corner;
  },
];
