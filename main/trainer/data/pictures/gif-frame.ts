import { HeaderBytes, hasColourInTable } from './header-bytes.ts';
import type { PictureForm } from './picture-form.ts';
import type { PictureHeader } from './picture-header.ts';

/** The first frame of a GIF: its place in the file and on the picture. */
interface GifFrame {
  /** Size of the picture; a frame beyond its edges enlarges it, as in other programs. */
  width: number;
  height: number;
  left: number;
  top: number;
  frameWidth: number;
  frameHeight: number;
  isInterlaced: boolean;
  /** Red, green and blue of each colour. */
  table: Buffer;
  /** Index of the transparent colour, if there is one. */
  transparent: number | null;
  dataAt: number;
}

const EXTENSION = 0x21;
const GRAPHIC_CONTROL = 0xf9;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const tableBytes = (flags: number): number => ((flags & 0x80) !== 0 ? 3 << ((flags & 7) + 1) : 0);

/** The place after the data blocks that begin at `at`, including the empty block at their end. */
function endOfBlocks(file: HeaderBytes, at: number): number {
  for (let length = file.uint8(at); length > 0; length = file.uint8(at)) at += 1 + length;
  return at + 1;
}

function readGifFrame(file: HeaderBytes): GifFrame {
  const flags = file.uint8(10);
  let at = 13 + tableBytes(flags);
  let transparent: number | null = null;
  for (;;) {
    const kind = file.uint8(at);
    if (kind === EXTENSION) {
      // Its flags say whether its last byte is a transparent colour.
      if (file.uint8(at + 1) === GRAPHIC_CONTROL)
        transparent = (file.uint8(at + 3) & 1) !== 0 ? file.uint8(at + 6) : null;
      at = endOfBlocks(file, at + 2);
      continue;
    }
    if (kind !== IMAGE)
      throw new Error(
        kind === TRAILER
          ? 'is a GIF without a picture'
          : 'is a damaged GIF: a part is of no known kind',
      );
    const [left, top] = [file.uint16LE(at + 1), file.uint16LE(at + 3)];
    const [frameWidth, frameHeight] = [file.uint16LE(at + 5), file.uint16LE(at + 7)];
    const frameFlags = file.uint8(at + 9);
    const own = tableBytes(frameFlags);
    return {
      width: Math.max(file.uint16LE(6), left + frameWidth),
      height: Math.max(file.uint16LE(8), top + frameHeight),
      left,
      top,
      frameWidth,
      frameHeight,
      isInterlaced: (frameFlags & 0x40) !== 0,
      table: own > 0 ? file.slice(at + 10, own) : file.slice(13, tableBytes(flags)),
      transparent,
      dataAt: at + 10 + own,
    };
  }
}

/**
 * Reads the header of a GIF, which ends where its first frame's data begin.
 * @throws Error if it is damaged
 */
export function readGifHeader(file: HeaderBytes): PictureHeader {
  const { width, height, frameWidth, frameHeight, table } = readGifFrame(file);
  if (table.length === 0 || frameWidth === 0 || frameHeight === 0)
    throw new Error('is a damaged GIF: its first frame has no size or no colours');
  return {
    format: 'GIF',
    width,
    height,
    orientation: 1,
    hasColour: hasColourInTable(table, 3),
    // Transparent pixels become background when the first frame is taken out.
    hasAlpha: false,
    isCmyk: false,
  };
}

/** The first frame of a GIF, and its place on the picture. */
export interface GifFirstFrame extends Omit<
  GifFrame,
  'isInterlaced' | 'table' | 'transparent' | 'dataAt'
> {
  /** A GIF of this frame alone, with the background in place of transparent pixels. */
  file: Buffer;
}

/**
 * Takes the first frame out, because TensorFlow decodes all frames, however many, and makes transparent pixels black.
 * @throws Error if the file is damaged
 */
export function takeFirstFrame(file: Buffer, background: PictureForm['background']): GifFirstFrame {
  const bytes = new HeaderBytes(file);
  const { table, transparent, dataAt, isInterlaced, ...place } = readGifFrame(bytes);
  const colours = Buffer.from(table);
  if (transparent !== null && transparent * 3 < colours.length)
    background.forEach((value, k) => (colours[3 * transparent + k] = value));
  const end = endOfBlocks(bytes, dataAt + 1);
  const screen = Buffer.alloc(13);
  screen.write('GIF89a', 'latin1');
  screen.writeUInt16LE(place.frameWidth, 6);
  screen.writeUInt16LE(place.frameHeight, 8);
  screen[10] = 0x80 | (Math.log2(colours.length / 3) - 1);
  const image = Buffer.alloc(10);
  image[0] = IMAGE;
  image.writeUInt16LE(place.frameWidth, 5);
  image.writeUInt16LE(place.frameHeight, 7);
  image[9] = isInterlaced ? 0x40 : 0;
  const data = bytes.slice(dataAt, end - dataAt);
  return { ...place, file: Buffer.concat([screen, colours, image, data, Buffer.from([TRAILER])]) };
}
