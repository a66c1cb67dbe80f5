import { readBmpLayout, type BmpLayout } from './bmp-header.ts';
import { HeaderBytes } from './header-bytes.ts';

/** A picture's bytes: rows from the top, in each row its pixels, in each pixel red, green, blue and, with four channels, alpha. */
export interface PicturePixels {
  height: number;
  width: number;
  channels: 3 | 4;
  pixels: Buffer;
}

/** The palette index of pixel x in a row; bytes hold pixels from the highest bit on. */
function indexInRow(row: Uint8Array, x: number, bits: 1 | 4 | 8): number {
  const bit = x * bits;
  return ((row[bit >> 3] ?? 0) >> (8 - bits - (bit & 7))) & (2 ** bits - 1);
}

function readIndexed(row: Uint8Array, bits: 1 | 4 | 8, layout: BmpLayout, into: Buffer): void {
  const { palette, paletteStep, width } = layout;
  for (let x = 0; x < width; x++) {
    const at = indexInRow(row, x, bits) * paletteStep;
    if (at >= palette.length) throw new Error('is a damaged BMP: a pixel has no colour');
    for (let k = 0; k < 3; k++) into[3 * x + k] = palette[at + 2 - k] ?? 0;
  }
}

function readColours(row: Uint8Array, step: 3 | 4, channels: 3 | 4, into: Buffer): void {
  for (let from = 0, to = 0; from < row.length; from += step, to += channels) {
    into[to] = row[from + 2] ?? 0;
    into[to + 1] = row[from + 1] ?? 0;
    into[to + 2] = row[from] ?? 0;
    if (channels === 4) into[to + 3] = row[from + 3] ?? 0;
  }
}

/**
 * Reads the pixels of an uncompressed BMP. TensorFlow's decoder is not used: it takes a palette's indices for shades of grey, and the
 * fourth byte of 32 bits, which seldom means anything, for alpha.
 * @throws Error that says what is wrong with the file, as the rest of a sentence that begins with "it"
 */
export function readBmpPixels(file: Buffer): PicturePixels {
  const layout = readBmpLayout(new HeaderBytes(file));
  const { width, height, bitsPerPixel, isTopDown, pixelsAt } = layout;
  const rowBytes = Math.ceil((width * bitsPerPixel) / 8);
  // Each row begins at a multiple of four bytes; the last row need not be filled up.
  const rowStep = Math.ceil(rowBytes / 4) * 4;
  if (pixelsAt + rowStep * (height - 1) + rowBytes > file.length) throw new Error('is cut off');
  const channels = layout.hasAlpha ? 4 : 3;
  const pixels = Buffer.allocUnsafe(width * height * channels);
  for (let y = 0; y < height; y++) {
    const at = pixelsAt + rowStep * (isTopDown ? y : height - 1 - y);
    const row = file.subarray(at, at + rowBytes);
    const into = pixels.subarray(y * width * channels, (y + 1) * width * channels);
    if (bitsPerPixel === 24) readColours(row, 3, channels, into);
    else if (bitsPerPixel === 32) readColours(row, 4, channels, into);
    else readIndexed(row, bitsPerPixel, layout, into);
  }
  return { height, width, channels, pixels };
}
