/** What augmentation does to a picture of one size, in loops over plain numbers, and how it is undone. */

export interface Shape {
  height: number;
  width: number;
  channels: number;
  classes: number;
}
/** Not square, for rows and columns not to be mixed up. */
export const HEIGHT = 20;
export const WIDTH = 28;
export const grey: Shape = { height: HEIGHT, width: WIDTH, channels: 1, classes: 10 };
export const colour: Shape = { ...grey, channels: 3 };
/** So flat that no change of light here makes a pixel black or white. */
export const flattened = (images: Uint8Array): Uint8Array =>
  images.map((value) => 100 + Math.round((value * 50) / 255));

/** A picture whose pixel at (row, column) is what `from` says: a place in the old one, or null for background. */
function rearranged(
  pixels: Float32Array,
  { channels }: Shape,
  from: (row: number, column: number) => [number, number],
): Float32Array {
  return pixels.map((_, at) => {
    const place = Math.floor(at / channels);
    const [row, column] = from(Math.floor(place / WIDTH), place % WIDTH);
    const isInside = row >= 0 && row < HEIGHT && column >= 0 && column < WIDTH;
    return isInside ? pixels[(row * WIDTH + column) * channels + (at % channels)]! : 0;
  });
}
export const mirrored = (pixels: Float32Array, shape: Shape): Float32Array =>
  rearranged(pixels, shape, (row, column) => [row, WIDTH - 1 - column]);
export const shifted = (
  pixels: Float32Array,
  shape: Shape,
  down: number,
  right: number,
): Float32Array => rearranged(pixels, shape, (row, column) => [row + down, column + right]);

export const areSame = (a: Float32Array, b: Float32Array, within = 0): boolean =>
  a.every((value, k) => Math.abs(value - b[k]!) <= within);

export const meansOf = (pixels: Float32Array, { channels }: Shape): number[] =>
  Array.from({ length: channels }, (_, channel) => {
    const values = pixels.filter((__, at) => at % channels === channel);
    return values.reduce((a, b) => a + b) / values.length;
  });

/** b of p + b, and f of m + f·(p − m), by least squares over the whole picture. */
export function lightOf(before: Float32Array, after: Float32Array, shape: Shape) {
  const means = meansOf(before, shape);
  const more = after.reduce((sum, value, at) => sum + value - before[at]!, 0) / after.length;
  const [apart, along] = before.reduce<[number, number]>(
    ([squares, products], value, at) => {
      const mean = means[at % shape.channels]!;
      return [
        squares + (value - mean) ** 2,
        products + (value - mean) * (after[at]! - more - mean),
      ];
    },
    [0, 0],
  );
  return { more, factor: along / apart };
}
export const lit = (
  pixels: Float32Array,
  shape: Shape,
  { more, factor }: { more: number; factor: number },
): Float32Array => {
  const means = meansOf(pixels, shape);
  return pixels.map((value, at) => {
    const mean = means[at % shape.channels]!;
    return Math.min(Math.max(mean + more + factor * (value - mean), 0), 1);
  });
};

/** The least rectangle with every pixel that has changed. */
export function squareIn(before: Float32Array, after: Float32Array, { channels }: Shape) {
  const changed = [...after.keys()]
    .filter((at) => after[at] !== before[at])
    .map((at) => Math.floor(at / channels));
  const rows = changed.map((place) => Math.floor(place / WIDTH));
  const columns = changed.map((place) => place % WIDTH);
  return {
    top: Math.min(...rows),
    bottom: Math.max(...rows),
    left: Math.min(...columns),
    right: Math.max(...columns),
  };
}
