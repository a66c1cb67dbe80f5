import type { Slide } from './sliding.ts';

/** A convolution of one plane by one kernel, step by step, as the engine does it: for Learn's pages, which show every number of it. */

/** Numbers in rows and columns. */
export interface Plane {
  height: number;
  width: number;
  /** Row by row. */
  values: Float32Array;
}

/** How a kernel slides down and to the right. */
export type Slides = readonly [rows: Slide, columns: Slide];

/** A weight where the kernel stands, and the pixel that it meets. */
export interface Met {
  weight: number;
  /** 0 among the zeros around the image. */
  pixel: number;
  /** weight × pixel */
  product: number;
  /** The pixel is one of the zeros around the image. */
  isOutside: boolean;
}

/** Brightness of an image's bytes, 0 to 1, as the network takes it. */
export const brightnessOf = (
  pixels: Uint8Array,
  { height, width }: { height: number; width: number },
): Plane => ({ height, width, values: Float32Array.from(pixels, (pixel) => pixel / 255) });

/** Where the kernel's first row and column stand for one output, on the image; below zero among the zeros around it. */
export const standsAt = (
  [rows, columns]: Slides,
  row: number,
  column: number,
): { row: number; column: number } => ({
  row: row * rows.stride - rows.pads[0],
  column: column * columns.stride - columns.pads[0],
});

/** What each weight of the kernel meets for one output, row by row. */
export function metAt(
  image: Plane,
  kernel: Plane,
  slides: Slides,
  row: number,
  column: number,
): Met[] {
  const at = standsAt(slides, row, column);
  return Array.from(kernel.values, (weight, place) => {
    const y = at.row + Math.floor(place / kernel.width);
    const x = at.column + (place % kernel.width);
    const isOutside = y < 0 || y >= image.height || x < 0 || x >= image.width;
    const pixel = isOutside ? 0 : (image.values[y * image.width + x] ?? 0);
    return { weight, pixel, product: weight * pixel, isOutside };
  });
}

export const sumOf = (met: readonly Met[]): number =>
  met.reduce((sum, { product }) => sum + product, 0);

/**
 * The whole answer of one kernel, before the activation function.
 * @param bias is added to each sum
 */
export function convolved(image: Plane, kernel: Plane, slides: Slides, bias = 0): Plane {
  const [{ output: height }, { output: width }] = slides;
  const values = new Float32Array(height * width);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      values[row * width + column] = sumOf(metAt(image, kernel, slides, row, column)) + bias;
  return { height, width, values };
}

/**
 * How often one weight of the kernel is used, and how often of that it meets only a zero around the image.
 * @param place of the weight in its kernel
 */
export function usesOf(
  [rows, columns]: Slides,
  place: { row: number; column: number },
): { uses: number; onZeros: number } {
  const inside = ({ output, stride, pads, input }: Slide, at: number): number =>
    Array.from({ length: output }, (_, k) => k * stride - pads[0] + at).filter(
      (x) => x >= 0 && x < input,
    ).length;
  const uses = rows.output * columns.output;
  return { uses, onZeros: uses - inside(rows, place.row) * inside(columns, place.column) };
}

/** What one weight adds to each output: its products at all the places where it is used. */
export function weightProducts(
  image: Plane,
  weight: number,
  slides: Slides,
  place: { row: number; column: number },
): Plane {
  const [{ output: height }, { output: width }] = slides;
  const values = Float32Array.from({ length: height * width }, (_, k) => {
    const at = standsAt(slides, Math.floor(k / width), k % width);
    const [y, x] = [at.row + place.row, at.column + place.column];
    const isOutside = y < 0 || y >= image.height || x < 0 || x >= image.width;
    return isOutside ? 0 : weight * (image.values[y * image.width + x] ?? 0);
  });
  return { height, width, values };
}

/** One filter of kernels [height, width, channels, filters], of its first channel. */
export function kernelOf(
  values: Float32Array,
  [height, width, channels, filters]: readonly [number, number, number, number],
  filter: number,
): Plane {
  const kernel = Float32Array.from(
    { length: height * width },
    (_, place) => values[place * channels * filters + filter] ?? 0,
  );
  return { height, width, values: kernel };
}

/** The image moved by whole pixels; what leaves it is lost, and what comes in is the background's. */
export function shifted(
  { height, width, values }: Plane,
  down: number,
  right: number,
  background = 0,
): Plane {
  const moved = new Float32Array(values.length).fill(background);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const [y, x] = [row - down, column - right];
      if (y >= 0 && y < height && x >= 0 && x < width)
        moved[row * width + column] = values[y * width + x] ?? 0;
    }
  return { height, width, values: moved };
}

/** The same order of so many pixels each time, which follows no picture (Fisher–Yates with a fixed linear congruential generator). */
export function fixedShuffle(count: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, k) => k);
  let state = 20_161;
  for (let k = count - 1; k > 0; k--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (k + 1));
    [order[k], order[other]] = [order[other] ?? 0, order[k] ?? 0];
  }
  return order;
}
