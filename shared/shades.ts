import { limitOfRange, type ValueRange } from './value-range.ts';

/**
 * Values as shades of a scale that is the same on both sides of zero: a quarter of the bytes, which costs training less where maps are only
 * looked at. No two neighbouring shades can be told apart.
 */

/** Shades on each side of zero. */
const SHADES = 127;

/** @param range of the values, which are finite */
export function shadesOf(values: Float32Array, range: ValueRange): Int8Array {
  const limit = limitOfRange(range);
  const factor = limit > 0 ? SHADES / limit : 0;
  const shades = new Int8Array(values.length);
  for (let k = 0; k < shades.length; k++) {
    const value = (values[k] ?? 0) * factor;
    // An Int8Array cuts off what is behind the point, which takes less than half of the time of rounding.
    shades[k] = value < 0 ? value - 0.5 : value + 0.5;
  }
  return shades;
}

/** @returns values at most half a shade, a 254th of the scale, away from those that the shades are of */
export function valuesOfShades(shades: Int8Array, range: ValueRange): Float32Array {
  const step = limitOfRange(range) / SHADES;
  const values = new Float32Array(shades.length);
  for (let k = 0; k < values.length; k++) values[k] = (shades[k] ?? 0) * step;
  return values;
}
