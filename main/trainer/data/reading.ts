import { turnedFrom, usualAppearance } from '../../../shared/appearance.ts';

/** How the images are changed when they are read. */
export interface Reading {
  /** Rows and columns are exchanged. */
  transpose: boolean;
  /** Black becomes white. */
  invert: boolean;
}

/** The layout of images in memory: count × height × width × channels bytes. */
export interface ImageLayout {
  count: number;
  height: number;
  width: number;
  channels: 1 | 3;
}

/**
 * Transposes and inverts the images in place.
 * @param images count × height × width × channels bytes
 * @returns height and width afterwards
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

/** Turns numbers of pixels into numbers of bytes: for each byte of the new image, the byte of the old one that comes there. */
function bytesFrom(pixels: Uint32Array, channels: number): Uint32Array {
  if (channels === 1) return pixels;
  return Uint32Array.from(
    { length: pixels.length * channels },
    (_, k) => (pixels[Math.floor(k / channels)] ?? 0) * channels + (k % channels),
  );
}

/**
 * Turns images whose channels are separate planes into pixels with their channels side by side, in place.
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

/** @param from for each byte of the new image, the number of the old byte that comes there */
function reorderEach(images: Uint8Array, count: number, from: Uint32Array): void {
  const size = from.length;
  const before = new Uint8Array(size);
  for (let n = 0; n < count; n++) {
    const image = images.subarray(n * size, (n + 1) * size);
    before.set(image);
    for (let k = 0; k < size; k++) image[k] = before[from[k] ?? 0] ?? 0;
  }
}
