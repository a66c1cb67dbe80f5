import { hasColourInTable, type HeaderBytes } from './header-bytes.ts';
import { readExifOrientation } from './orientation.ts';
import type { PictureHeader } from './picture-header.ts';

const FIRST_CHUNK = 8;
/** Bits of the colour type. */
const PALETTE = 1;
const COLOUR = 2;
const ALPHA = 4;
/** The standard allows no longer chunk. */
const LONGEST_CHUNK = 2 ** 31 - 1;

/**
 * Reads the header of a PNG: the chunks before the image data, with palette, transparency and EXIF. EXIF after the image data is not read.
 * @throws Error if it is damaged
 */
export function readPngHeader(file: HeaderBytes): PictureHeader {
  if (file.text(FIRST_CHUNK + 4, 4) !== 'IHDR')
    throw new Error('is a damaged PNG: it does not begin with its size');
  const colourType = file.uint8(FIRST_CHUNK + 17);
  const header: PictureHeader = {
    format: 'PNG',
    width: file.uint32BE(FIRST_CHUNK + 8),
    height: file.uint32BE(FIRST_CHUNK + 12),
    orientation: 1,
    hasColour: (colourType & COLOUR) !== 0,
    hasAlpha: (colourType & ALPHA) !== 0,
    isCmyk: false,
  };
  for (let at = FIRST_CHUNK; ;) {
    const length = file.uint32BE(at);
    const type = file.text(at + 4, 4);
    if (type === 'IDAT' || type === 'IEND') return header;
    if (length > LONGEST_CHUNK) throw new Error('is a damaged PNG: a part of it has no length');
    if (type === 'PLTE' && (colourType & PALETTE) !== 0)
      header.hasColour = hasColourInTable(file.slice(at + 8, length), 3);
    if (type === 'tRNS') header.hasAlpha = true;
    if (type === 'eXIf') header.orientation = readExifOrientation(file.slice(at + 8, length));
    at += 12 + length;
  }
}
