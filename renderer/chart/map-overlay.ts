import type { DrawnForm } from '../../shared/drawn-image.ts';
import { colorAt, type Rgb, type Scale } from '../../shared/diverging-scale.ts';
import { limitOfRange, rangeOf } from '../../shared/value-range.ts';
import type { ValueMap } from './activation-maps.ts';

/** A map of what mattered to a network, laid over the drawing it was asked about. */

/** Share of the ink that is left below the colours. */
const INK = 0.55;
/** The strongest colours cover the ink by so much. */
const COVER = 0.9;

/**
 * A map brought to another size, smoothly: bilinear, its outer places reaching to the edge, as image libraries do.
 * @param size in pixels
 */
export function scaleUpSmoothly(
  map: ValueMap,
  { height, width }: { height: number; width: number },
): ValueMap {
  const values = new Float32Array(height * width);
  const at = (row: number, column: number): number =>
    map.values[clamp(row, map.height) * map.width + clamp(column, map.width)] ?? 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const row = ((y + 0.5) * map.height) / height - 0.5;
      const column = ((x + 0.5) * map.width) / width - 0.5;
      const [top, left] = [Math.floor(row), Math.floor(column)];
      const above = mix(at(top, left), at(top, left + 1), column - left);
      const below = mix(at(top + 1, left), at(top + 1, left + 1), column - left);
      values[y * width + x] = mix(above, below, row - top);
    }
  return { height, width, values };
}

const clamp = (place: number, size: number): number => Math.max(0, Math.min(place, size - 1));
const mix = (from: number, to: number, share: number): number => from + (to - from) * share;

/**
 * How much ink each pixel of a drawing has, 0 to 1.
 * @param pixels [height, width, channels], all channels alike
 */
export function inkShares(pixels: Uint8Array, { channels, appearance }: DrawnForm): Float32Array {
  const ink = new Float32Array(pixels.length / channels);
  for (let place = 0; place < ink.length; place++) {
    const brightness = (pixels[place * channels] ?? 0) / 255;
    ink[place] = appearance.inverted ? 1 - brightness : brightness;
  }
  return ink;
}

/**
 * The gradient for ink instead of for brightness: where ink is dark, more of it is less bright.
 * @param values the answer to `saliency`, one a pixel
 */
export const saliencyOfInk = (values: Float32Array, { appearance }: DrawnForm): Float32Array =>
  appearance.inverted ? values.map((value) => -value) : values;

/**
 * RGBA bytes of a map over a drawing, row by row, in signed colours whose ends are the map's greatest value.
 * @param ink one share a pixel of the map
 * @param inkColour of full ink; no ink is the scale's zero
 */
export function paintOverlay(
  { values }: ValueMap,
  ink: Float32Array,
  scale: Scale,
  inkColour: Rgb,
): Uint8ClampedArray<ArrayBuffer> {
  const limit = limitOfRange(rangeOf(values));
  const paper = colorAt(scale, 0);
  const bytes = new Uint8ClampedArray(values.length * 4).fill(255);
  values.forEach((value, place) => {
    const share = limit > 0 ? value / limit : 0;
    const colour = colorAt(scale, share);
    const cover = COVER * Math.sqrt(Math.abs(share));
    for (const channel of [0, 1, 2] as const) {
      const below = mix(paper[channel], inkColour[channel], INK * (ink[place] ?? 0));
      bytes[place * 4 + channel] = mix(below, colour[channel], cover);
    }
  });
  return bytes;
}
