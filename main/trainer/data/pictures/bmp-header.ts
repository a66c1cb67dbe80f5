import { hasColourInTable, type HeaderBytes } from './header-bytes.ts';
import type { PictureHeader } from './picture-header.ts';

/** The layout of a BMP's pixels, and their place in the file. */
export interface BmpLayout {
  width: number;
  height: number;
  /** Whether the first row is the uppermost; usually it is the lowest. */
  isTopDown: boolean;
  bitsPerPixel: 1 | 4 | 8 | 24 | 32;
  hasAlpha: boolean;
  /** Blue, green, red and perhaps an unused byte for each colour; empty if the pixels hold colours directly. */
  palette: Buffer;
  paletteStep: 3 | 4;
  pixelsAt: number;
}

const FILE_HEADER = 14;
/** The header of OS/2, with 16-bit sizes and palettes of three bytes for each colour. */
const CORE_HEADER = 12;
const UNCOMPRESSED = 0;
const BITFIELDS = [3, 6];
/** The masks of red, green and blue that 32-bit pixels have by default. */
const MASKS = [0xff0000, 0xff00, 0xff];
const ALPHA_MASK = 0xff000000;

/** @throws Error if the BMP is of a kind that is not read: 16 bits for each pixel, compressed, or with channels in another order */
export function readBmpLayout(file: HeaderBytes): BmpLayout {
  const size = file.uint32LE(FILE_HEADER);
  if (size !== CORE_HEADER && (size < 40 || size > 256))
    throw new Error('is a damaged BMP: its header has no length that any version has');
  const isCore = size === CORE_HEADER;
  const width = isCore ? file.uint16LE(18) : file.int32LE(18);
  const height = isCore ? file.uint16LE(20) : file.int32LE(22);
  const bits = isCore ? file.uint16LE(24) : file.uint16LE(28);
  const compression = isCore ? UNCOMPRESSED : file.uint32LE(30);
  const bitsPerPixel = ([1, 4, 8, 24, 32] as const).find((known) => known === bits);
  if (bitsPerPixel === undefined)
    throw new Error(`is a BMP of ${bits} bits a pixel; 1, 4, 8, 24 and 32 are read`);
  const hasMasks = BITFIELDS.includes(compression) && bitsPerPixel === 32;
  if (compression !== UNCOMPRESSED && !hasMasks)
    throw new Error('is a compressed BMP; only uncompressed ones are read');
  if (hasMasks && MASKS.some((mask, k) => file.uint32LE(54 + 4 * k) !== mask))
    throw new Error('is a BMP with channels in an order of its own, which is not read');
  const paletteStep = isCore ? 3 : 4;
  const told = isCore ? 0 : file.uint32LE(46);
  const colours = bitsPerPixel > 8 ? 0 : told || 2 ** bitsPerPixel;
  if (colours > 256) throw new Error('is a damaged BMP: it has more than 256 colours');
  return {
    width,
    height: Math.abs(height),
    isTopDown: height < 0,
    bitsPerPixel,
    // Without a mask, the fourth byte means nothing and is 0 in most files.
    hasAlpha: hasMasks && size >= 56 && file.uint32LE(66) === ALPHA_MASK,
    palette: file.slice(FILE_HEADER + size, colours * paletteStep),
    paletteStep,
    pixelsAt: file.uint32LE(10),
  };
}

/** @throws Error like `readBmpLayout` */
export function readBmpHeader(file: HeaderBytes): PictureHeader {
  const { width, height, hasAlpha, palette, paletteStep } = readBmpLayout(file);
  return {
    format: 'BMP',
    width,
    height,
    orientation: 1,
    hasColour: palette.length === 0 || hasColourInTable(palette, paletteStep),
    hasAlpha,
    isCmyk: false,
  };
}
