import { turnedFrom, usualAppearance } from '../../../shared/appearance.ts';

/** What is done to the images as they are read. */
export interface Reading {
  /** Rows and columns are exchanged. */
  transpose: boolean;
  /** Black becomes white. */
  invert: boolean;
}

/** How images lie in memory: count × height × width × channels bytes. */
export interface ImageLayout {
  count: number;
  height: number;
  width: number;
  channels: 1 | 3;
}

/**
 * The images, in place, as they are to be read.
 * @param images count × height × width × channels bytes
 * @returns height and width as they are then
 */
export function applyReading(
  images: Uint8Array,
  { count, height, width, channels }: ImageLayout,
  { transpose, invert }: Reading,
): { height: number; width: number } {
  if (invert) for (let k = 0; k < images.length; k++) images[k] = 255 - (images[k] ?? 0);
  if (!transpose) return { height, width };
  const from = turnedFrom(height, width, { ...usualAppearance, transposed: true });
  reorderEach(images, count, bytesFrom(from, channels));
  return { height: width, width: height };
}

/** For each byte of an image whose pixels change their place, the number of the byte that comes there. */
function bytesFrom(pixels: Uint32Array, channels: number): Uint32Array {
  if (channels === 1) return pixels;
  return Uint32Array.from(
    { length: pixels.length * channels },
    (_, k) => (pixels[Math.floor(k / channels)] ?? 0) * channels + (k % channels),
  );
}

/**
 * Images whose channels lie one after another, in place, as pixels whose channels lie side by side.
 * @param images count × channels × height × width bytes
 */
export function putChannelsLast(
  images: Uint8Array,
  { count, height, width, channels }: ImageLayout,
): void {
  const plane = height * width;
  const from = Uint32Array.from(
    { length: plane * channels },
    (_, k) => (k % channels) * plane + Math.floor(k / channels),
  );
  reorderEach(images, count, from);
}

/** @param from for each byte of an image, the number of the byte that comes there */
function reorderEach(images: Uint8Array, count: number, from: Uint32Array): void {
  const size = from.length;
  const before = new Uint8Array(size);
  for (let n = 0; n < count; n++) {
    const image = images.subarray(n * size, (n + 1) * size);
    before.set(image);
    for (let k = 0; k < size; k++) image[k] = before[from[k] ?? 0] ?? 0;
  }
}
