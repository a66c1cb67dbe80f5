import type { ImageLayout } from './reading.ts';

/** How an array of images is to be read. */
export interface ImageAxes extends ImageLayout {
  /** Its channels lie one after another, count × channels × height × width, and not side by side. */
  areChannelsFirst: boolean;
}

/** Why an array holds no images. */
export interface NoImages {
  /** The rest of a sentence that begins with the axes: "one axis such as labels have". */
  why: string;
  remedy: string;
}

/** The side of a square of so many pixels; null where they make none. */
export function squareSide(pixels: number): number | null {
  const side = Math.round(Math.sqrt(pixels));
  return pixels > 0 && side * side === pixels ? side : null;
}

/**
 * Count × height × width; with one channel or three as a further axis, before them or behind; or each image as one row that makes a
 * square.
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
