import { applyPalette, GIFEncoder, quantize } from 'gifenc';
import type { Rgb, Scale } from '../../shared/diverging-scale.ts';
import { SHADES, shadeOf } from './filter-sheet.ts';

/** A film as an animated GIF: what any program shows. */

/** Milliseconds. */
const LEAST_DELAY = 60;
const MOST_DELAY = 400;
const WHOLE = 2_700;
/** The last picture stands. */
const END = 1_000;
/** Of a GIF's palette. */
const MOST_COLOURS = 256;

/** How long each of so many pictures is shown: the film lasts two to four seconds. */
export function delaysOf(count: number): number[] {
  const even = Math.round(WHOLE / Math.max(1, count - 1) / 10) * 10;
  const delay = Math.max(LEAST_DELAY, Math.min(MOST_DELAY, even));
  return Array.from({ length: count }, (_, k) => (k < count - 1 ? delay : END));
}

/** All shades of a scale, and what text on the ground is drawn with: exact colours, the same in all pictures. */
export function paletteOf(scale: Scale, ground: Rgb, others: readonly Rgb[]): Rgb[] {
  const shades = Array.from({ length: 2 * SHADES + 1 }, (_, k) => shadeOf(scale, k / SHADES - 1));
  const room = Math.floor((MOST_COLOURS - shades.length) / others.length);
  const blends = others.flatMap((other) =>
    Array.from({ length: room }, (_, k): Rgb => {
      const part = k / (room - 1);
      const mix = (channel: 0 | 1 | 2): number =>
        Math.round(ground[channel] + (other[channel] - ground[channel]) * part);
      return [mix(0), mix(1), mix(2)];
    }),
  );
  return [...shades, ...blends];
}

/** Each pixel's place in a palette; of a colour that is not in it, the nearest's. */
function indexPixels(rgba: Uint8ClampedArray, palette: readonly Rgb[]): Uint8Array {
  const places = new Map(palette.map(([r, g, b], k) => [(r << 16) | (g << 8) | b, k]));
  const index = new Uint8Array(rgba.length / 4);
  for (let k = 0; k < index.length; k++) {
    const [r = 0, g = 0, b = 0] = [rgba[4 * k], rgba[4 * k + 1], rgba[4 * k + 2]];
    const key = (r << 16) | (g << 8) | b;
    let place = places.get(key);
    if (place === undefined) {
      place = nearest([r, g, b], palette);
      places.set(key, place);
    }
    index[k] = place;
  }
  return index;
}

function nearest([r, g, b]: Rgb, palette: readonly Rgb[]): number {
  const distances = palette.map(([x, y, z]) => (x - r) ** 2 + (y - g) ** 2 + (z - b) ** 2);
  return distances.indexOf(Math.min(...distances));
}

/** Puts pictures together, one after the other. */
export class FilmGif {
  readonly #encoder = GIFEncoder();
  readonly #palette: readonly Rgb[] | null;
  #isFirst = true;

  /** @param palette of all pictures; null: each has its own, of what is in it */
  constructor(palette: readonly Rgb[] | null) {
    this.#palette = palette;
  }

  add({ data, width, height }: Pick<ImageData, 'data' | 'width' | 'height'>, delay: number): void {
    const own = this.#palette ?? quantize(data, MOST_COLOURS);
    const index = this.#palette ? indexPixels(data, own) : applyPalette(data, own);
    const isTold = this.#isFirst || this.#palette === null;
    this.#encoder.writeFrame(index, width, height, { delay, ...(isTold && { palette: own }) });
    this.#isFirst = false;
  }

  /** The file. */
  finish(): Uint8Array {
    this.#encoder.finish();
    return this.#encoder.bytes();
  }
}
