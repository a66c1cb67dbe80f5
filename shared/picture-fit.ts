import type { RunConfig } from './config.ts';

/** How a picture of any size becomes an image of the data's: the trainer's data and a picture on the pad are fitted alike. */

export interface PictureSize {
  height: number;
  width: number;
}

/** A part of a picture, in pixels. */
export interface PictureRegion extends PictureSize {
  top: number;
  left: number;
}

/** The largest size with the aspect ratio of `shape` that fits into `room`. */
function largestWithin(shape: PictureSize, room: PictureSize): PictureSize {
  const scale = Math.min(room.width / shape.width, room.height / shape.height);
  const side = (length: number, most: number): number =>
    Math.min(most, Math.max(1, Math.round(length * scale)));
  return { height: side(shape.height, room.height), width: side(shape.width, room.width) };
}

const centredIn = (size: PictureSize, room: PictureSize): PictureRegion => ({
  ...size,
  top: Math.floor((room.height - size.height) / 2),
  left: Math.floor((room.width - size.width) / 2),
});

/**
 * `stretch` uses the whole picture; `crop` uses the largest middle part with the target's aspect ratio; `pad` puts the whole picture in
 * the middle, as large as fits.
 * @param upright the picture's size
 * @returns the part of the picture that is used, and its place on the target
 */
export function fitPlaces(
  upright: PictureSize,
  { height, width }: PictureSize,
  fit: RunConfig['data']['fit'],
): { part: PictureRegion; place: PictureRegion } {
  const target = { height, width };
  return {
    part: centredIn(fit === 'crop' ? largestWithin(target, upright) : upright, upright),
    place: centredIn(fit === 'pad' ? largestWithin(upright, target) : target, target),
  };
}

/**
 * The luma of red, green and blue, 0.299 R + 0.587 G + 0.114 B, rounded. The weights are 65,536ths, as in other programs, so that a grey
 * pixel keeps its value.
 */
export const lumaOf = (red: number, green: number, blue: number): number =>
  Math.floor((19_595 * red + 38_470 * green + 7_471 * blue + 32_768) / 65_536);

/**
 * Red, green and blue, 0 to 255.
 * @param colour as "#rrggbb"
 */
export const coloursOf = (colour: string): readonly [red: number, green: number, blue: number] => [
  parseInt(colour.slice(1, 3), 16),
  parseInt(colour.slice(3, 5), 16),
  parseInt(colour.slice(5, 7), 16),
];
