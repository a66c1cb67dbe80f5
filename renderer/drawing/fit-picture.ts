import { turnedFrom } from '../../shared/appearance.ts';
import type { RunConfig } from '../../shared/config.ts';
import type { DrawnForm } from '../../shared/drawn-image.ts';
import { coloursOf, fitPlaces, lumaOf, type PictureRegion } from '../../shared/picture-fit.ts';

/** A picture as it was decoded, upright. */
export interface WholePicture {
  height: number;
  width: number;
  /** Red, green, blue and alpha, row by row. */
  rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** How the data's own pictures are fitted, and whether this one's light and dark are exchanged. */
export interface PictureFitting extends Pick<RunConfig['data'], 'fit' | 'background'> {
  isExchanged: boolean;
  /** What was fitted. */
  whole: WholePicture;
}

/**
 * Makes of a picture an image as the trainer makes it of the data's pictures: fitted, shrunk by a triangle filter as wide as a pixel of the
 * result, grey by luma, and turned as the data are. To a byte the same but for rounding.
 * @returns bytes [height, width, channels]
 */
export function fitPicture(
  { height, width, channels, appearance }: DrawnForm,
  { fit, background, isExchanged, whole }: PictureFitting,
): Uint8Array {
  const size = appearance.transposed ? { height: width, width: height } : { height, width };
  const exchanged = (value: number): number => (isExchanged ? 255 - value : value);
  // Around and behind a picture whose light and dark are exchanged is what the exchange makes the background.
  const paper = coloursOf(background).map(exchanged);
  const { part, place } = fitPlaces(whole, size, fit);
  const resized = shrinkRows(
    shrinkColumns(laidOn(paper, whole, part), part.height, part.width, place.width),
    place.width,
    part.height,
    place.height,
  );
  const upright = new Uint8Array(height * width * channels);
  for (let y = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++) {
      const [row, column] = [y - place.top, x - place.left];
      const isInside = row >= 0 && row < place.height && column >= 0 && column < place.width;
      const from = (row * place.width + column) * 3;
      const colour = [0, 1, 2].map((c) =>
        exchanged(Math.round((isInside ? resized[from + c] : paper[c]) ?? 0)),
      ) as [number, number, number];
      upright.set(channels === 1 ? [lumaOf(...colour)] : colour, (y * size.width + x) * channels);
    }
  return turned(upright, size, channels, appearance);
}

/** @returns [part.height, part.width, 3], 0 to 255 */
function laidOn(
  paper: readonly number[],
  { width, rgba }: WholePicture,
  part: PictureRegion,
): Float32Array {
  const laid = new Float32Array(part.height * part.width * 3);
  for (let y = 0; y < part.height; y++)
    for (let x = 0; x < part.width; x++) {
      const from = ((part.top + y) * width + part.left + x) * 4;
      const alpha = (rgba[from + 3] ?? 0) / 255;
      for (let c = 0; c < 3; c++)
        laid[(y * part.width + x) * 3 + c] =
          (rgba[from + c] ?? 0) * alpha + (paper[c] ?? 0) * (1 - alpha);
    }
  return laid;
}

/** Of each pixel of the result, which pixels it is made of, from the first on, and their shares. */
function sharesOf(length: number, to: number): { first: number; shares: number[] }[] {
  const scale = length / to;
  const reach = Math.max(1, scale);
  return Array.from({ length: to }, (_, k) => {
    const middle = (k + 0.5) * scale;
    const first = Math.max(0, Math.ceil(middle - reach - 0.5));
    const last = Math.min(length - 1, Math.floor(middle + reach - 0.5));
    const weights = Array.from({ length: last - first + 1 }, (_, j) =>
      Math.max(0, 1 - Math.abs(first + j + 0.5 - middle) / reach),
    );
    const sum = weights.reduce((a, b) => a + b, 0);
    return { first, shares: weights.map((weight) => weight / sum) };
  });
}

/** @returns [height, to, 3] */
function shrinkColumns(pixels: Float32Array, height: number, width: number, to: number) {
  const result = new Float32Array(height * to * 3);
  sharesOf(width, to).forEach(({ first, shares }, x) => {
    for (let y = 0; y < height; y++)
      shares.forEach((share, j) => {
        for (let c = 0; c < 3; c++) {
          const at = (y * to + x) * 3 + c;
          const pixel = pixels[(y * width + first + j) * 3 + c] ?? 0;
          result[at] = (result[at] ?? 0) + share * pixel;
        }
      });
  });
  return result;
}

/** @returns [to, width, 3] */
function shrinkRows(pixels: Float32Array, width: number, height: number, to: number) {
  const row = width * 3;
  const result = new Float32Array(to * row);
  sharesOf(height, to).forEach(({ first, shares }, y) => {
    shares.forEach((share, j) => {
      for (let k = 0; k < row; k++)
        result[y * row + k] =
          (result[y * row + k] ?? 0) + share * (pixels[(first + j) * row + k] ?? 0);
    });
  });
  return result;
}

/** As the data's images are turned; their light and dark is the exchange's. */
function turned(
  pixels: Uint8Array,
  { height, width }: { height: number; width: number },
  channels: number,
  appearance: DrawnForm['appearance'],
): Uint8Array {
  const from = turnedFrom(height, width, appearance);
  return pixels.map(
    (_, k) => pixels[(from[Math.floor(k / channels)] ?? 0) * channels + (k % channels)] ?? 0,
  );
}

/** Whether it is dark on light: by its border, or by what is opaque where the border is not. */
export function isDarkOnLight({ height, width, rgba }: WholePicture): boolean {
  const lumaAt = (k: number): number =>
    lumaOf(rgba[4 * k] ?? 0, rgba[4 * k + 1] ?? 0, rgba[4 * k + 2] ?? 0);
  const isOpaque = (k: number): boolean => (rgba[4 * k + 3] ?? 0) >= 128;
  const border: number[] = [];
  const all: number[] = [];
  for (let k = 0; k < height * width; k++) {
    const [y, x] = [Math.floor(k / width), k % width];
    all.push(k);
    if (y === 0 || x === 0 || y === height - 1 || x === width - 1) border.push(k);
  }
  const meanLuma = (pixels: readonly number[]): number =>
    pixels.reduce((sum, k) => sum + lumaAt(k), 0) / Math.max(1, pixels.length);
  const opaqueBorder = border.filter(isOpaque);
  return 2 * opaqueBorder.length >= border.length
    ? meanLuma(opaqueBorder) >= 128
    : meanLuma(all.filter(isOpaque)) < 128;
}
