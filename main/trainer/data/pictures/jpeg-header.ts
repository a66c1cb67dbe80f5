import type { HeaderBytes } from './header-bytes.ts';
import { readExifOrientation, type Orientation } from './orientation.ts';
import type { PictureHeader } from './picture-header.ts';

const EXIF = 'Exif\0\0';
const APP1 = 0xe1;
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
/** Markers without a length: stand-alone ones, and the zero that follows a byte of 255 in image data. */
const standsAlone = (marker: number): boolean => marker <= 1 || (marker >= 0xd0 && marker <= 0xd8);
/** Start of frame, for any coding; 0xc4, 0xc8 and 0xcc among these markers mean something else. */
const startsFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/**
 * Reads the header of a JPEG, which ends with its start of frame: EXIF, colour profiles and thumbnails come before it.
 * @throws Error if there is none, or the JPEG is of a kind that is not read
 */
export function readJpegHeader(file: HeaderBytes): PictureHeader {
  let orientation: Orientation = 1;
  let at = 2;
  for (;;) {
    // Bytes between two segments are skipped, as the decoder does.
    while (file.uint8(at) !== 0xff) at++;
    while (file.uint8(at) === 0xff) at++;
    const marker = file.uint8(at++);
    if (standsAlone(marker)) continue;
    if (marker === START_OF_SCAN || marker === END_OF_IMAGE)
      throw new Error('is a damaged JPEG: it tells no size before its image data');
    const length = file.uint16BE(at);
    if (length < 2) throw new Error('is a damaged JPEG: a segment of it has no length');
    if (startsFrame(marker)) return readFrameHeader(file, at + 2, orientation);
    if (marker === APP1 && length >= 2 + EXIF.length && file.text(at + 2, 6) === EXIF)
      orientation = readExifOrientation(file.slice(at + 2 + 6, length - 2 - 6));
    at += length;
  }
}

function readFrameHeader(file: HeaderBytes, at: number, orientation: Orientation): PictureHeader {
  const bits = file.uint8(at);
  if (bits !== 8) throw new Error(`is a JPEG of ${bits} bits a sample; only 8 are read`);
  const components = file.uint8(at + 5);
  if (![1, 3, 4].includes(components))
    throw new Error(`is a JPEG of ${components} components; 1, 3 and 4 are read`);
  return {
    format: 'JPEG',
    height: file.uint16BE(at + 1),
    width: file.uint16BE(at + 3),
    orientation,
    hasColour: components > 1,
    hasAlpha: false,
    isCmyk: components === 4,
  };
}

/** Number of scans in a JPEG; those of a thumbnail in it count as well. */
export function countScans(file: Buffer): number {
  const marker = Buffer.from([0xff, START_OF_SCAN]);
  let scans = 0;
  for (let at = file.indexOf(marker); at >= 0; at = file.indexOf(marker, at + 2)) scans++;
  return scans;
}
