import type { ImageLayout } from './reading.ts';

/** How an array of images is laid out. */
export interface ImageAxes extends ImageLayout {
  /** Whether its axes are count × channels × height × width; otherwise the channels come last. */
  areChannelsFirst: boolean;
}

/** Why an array does not hold images. */
export interface NoImages {
  /** The rest of a sentence that begins with the axes: "one axis such as labels have". */
  why: string;
  remedy: string;
}

/** The side of a square with so many pixels; null if there is none. */
export function squareSide(pixels: number): number | null {
  const side = Math.round(Math.sqrt(pixels));
  return pixels > 0 && side * side === pixels ? side : null;
}

/**
 * Accepts the axes count × height × width, with a further axis of one or three channels before or after height and width; or count ×
 * pixels, if the pixels make a square.
 */
export function imageAxesOf(dims: readonly number[]): ImageAxes | NoImages {
  const [count = 0, first = 0, second = 0, third = 0] = dims;
  const grey = (height: number, width: number): ImageAxes => ({
    count,
    height,
    width,
    channels: 1,
    areChannelsFirst: false,
  });
  if (dims.length === 3) return grey(first, second);
  if (dims.length === 4 && third === 1) return grey(first, second);
  if (dims.length === 4 && first === 1) return grey(second, third);
  if (dims.length === 4 && third === 3 && first !== 3)
    return { count, height: first, width: second, channels: 3, areChannelsFirst: false };
  if (dims.length === 4 && first === 3 && third !== 3)
    return { count, height: second, width: third, channels: 3, areChannelsFirst: true };
  const side = dims.length === 2 && first > 1 ? squareSide(first) : null;
  return side === null ? { why: whyNoImages(dims), remedy: remedyFor(dims) } : grey(side, side);
}

function whyNoImages(dims: readonly number[]): string {
  const [, first = 0, , third = 0] = dims;
  if (dims.length < 2)
    return 'one axis such as labels have, but images have count, height and width.';
  if (dims.length === 4 && first === 3 && third === 3)
    return 'which may be channels, height and width, or height, width and channels.';
  if (dims.length === 4)
    return `images of ${first <= 4 ? first : third} channels, but Firstlayer reads images of one or three.`;
  if (dims.length > 4) return 'more axes than images have.';
  return `${first} for each image, which is no square: their height and width are not known.`;
}

function remedyFor(dims: readonly number[]): string {
  if (dims.length < 2) return 'Put the images there; images and labels may have each other’s name.';
  return dims.length === 4
    ? 'Write the images in shades of grey, as count×height×width, or in colour, as count×height×width×3, larger than three pixels.'
    : 'Write the images as count×height×width.';
}
