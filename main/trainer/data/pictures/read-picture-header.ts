import { foreignFormat } from '../foreign-format.ts';
import { readBmpHeader } from './bmp-header.ts';
import { readGifHeader } from './gif-frame.ts';
import { HeaderBeyondError, HeaderBytes } from './header-bytes.ts';
import { readJpegHeader } from './jpeg-header.ts';
import type { PictureHeader } from './picture-header.ts';
import { readPngHeader } from './png-header.ts';

/** The most pixels of a picture that is decoded. */
export const MOST_MEGAPIXELS = 100;
/** The most pixels to a side: what a JPEG can have. */
export const MOST_PICTURE_SIDE = 65_535;
/** A header ends within so many bytes, or is refused. */
const MOST_HEADER_BYTES = 16 * 1024 * 1024;

const readers: readonly (readonly [
  beginning: string,
  read: (file: HeaderBytes) => PictureHeader,
])[] = [
  ['\x89PNG\r\n\x1a\n', readPngHeader],
  ['\xff\xd8\xff', readJpegHeader],
  ['GIF87a', readGifHeader],
  ['GIF89a', readGifHeader],
  ['BM', readBmpHeader],
];

function refuseSize({ width, height }: PictureHeader): void {
  if (width <= 0 || height <= 0) throw new Error('has no width or no height');
  const megapixels = Math.ceil((width * height) / 100_000) / 10;
  if (megapixels > MOST_MEGAPIXELS)
    throw new Error(
      `is ${width}×${height} = ${megapixels} megapixels; the most taken is ${MOST_MEGAPIXELS}`,
    );
  if (Math.max(width, height) > MOST_PICTURE_SIDE)
    throw new Error(`is ${width}×${height}; the longest side taken is ${MOST_PICTURE_SIDE}`);
}

/** What is said of a file that begins as none of the four formats does. */
function whatItIs(format: string | null): string {
  const read = ['a PNG picture', 'a JPEG picture', 'a GIF picture', 'a BMP picture'];
  if (format !== null && read.includes(format))
    return `is damaged: its first bytes are only almost those of ${format}`;
  return `${format === null ? 'is of no known format' : `is ${format}`}; PNG, JPEG, BMP and GIF are read`;
}

/**
 * Reads what a picture file tells of itself, and refuses one that is too large before anything is decoded. (The package image-size
 * tells neither colour, transparency nor a PNG's orientation, and takes an OS/2 BMP for one of 851,988 pixels a row.)
 * @param bytes the file, or its beginning: 64 kB are enough for most
 * @throws HeaderBeyondError where the bytes end before the header does
 * @throws Error saying what is wrong with the file, as the rest of a sentence that begins with "it"
 */
export function readPictureHeader(bytes: Uint8Array): PictureHeader {
  if (bytes.length === 0) throw new Error('is empty');
  const beginning = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  const reader = readers.find(([signature]) => beginning.startsWith(signature));
  if (!reader) {
    const begun = readers.find(([signature]) => signature.startsWith(beginning));
    if (begun) throw new HeaderBeyondError(begun[0].length);
    throw new Error(whatItIs(foreignFormat(bytes)));
  }
  const header = reader[1](new HeaderBytes(bytes));
  refuseSize(header);
  return header;
}

/**
 * The same of a file that is read in pieces, no further than its header goes: for the sizes of a whole folder.
 * @throws Error as readPictureHeader does, or as the reading does
 */
export async function readHeaderOfPieces(
  pieces: AsyncIterable<Uint8Array>,
): Promise<PictureHeader> {
  let bytes = Buffer.alloc(0);
  let needed = 0;
  for await (const piece of pieces) {
    bytes = Buffer.concat([bytes, piece]);
    if (bytes.length < needed) continue;
    try {
      return readPictureHeader(bytes);
    } catch (error) {
      if (!(error instanceof HeaderBeyondError)) throw error;
      needed = error.needed;
    }
    if (bytes.length > MOST_HEADER_BYTES)
      throw new Error('has no picture’s size in its first 16 MB');
  }
  return readPictureHeader(bytes);
}
