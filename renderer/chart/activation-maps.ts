import type { ExampleShape } from '../../shared/network-shape.ts';
import type { ValueRange } from '../../shared/value-range.ts';

/** What a layer answers for one image, as pictures of its channels or units. */

/** What one layer answers for one image. */
export interface LayerValues {
  /** The layer's place in the network. */
  index: number;
  shape: ExampleShape;
  /** Row by row, of each place its channels. */
  values: Float32Array;
}

/** The same as it is shown: while it follows a run, values of maps are as near as shades can tell (shared/shades.ts). */
export interface LayerAnswer extends LayerValues {
  /** Of the values as they were before. */
  range: ValueRange;
}

/** A plane of values, row by row. */
export interface ValueMap {
  height: number;
  width: number;
  values: Float32Array;
}

/** Channels of one layer that are shown unless all are asked for, in two rows. */
export const MOST_MAPS = 24;
/** A map is shown some 40 to 100 pixels large: of a larger one rows and columns are left out. */
const MOST_PLACES = 96;
/** Least share of the layer's greatest value that can be told from zero. */
const LEAST_SEEN = 0.02;
/** A strip of units is about so many times as wide as high. */
const STRIP_ASPECT = 16;

/** Of a large map every second, third, … row and column is shown. */
export const thinningOf = ([height, width]: readonly [number, number, ...number[]]): number =>
  Math.max(1, Math.ceil(Math.max(height, width) / MOST_PLACES));

/** One channel of a layer whose output is images, whole; of a row one unit. */
export function channelMap({ shape, values }: LayerValues, channel: number): ValueMap {
  const [height, width] = shape.length === 3 ? shape : [1, 1];
  const channels = shape.at(-1) ?? 1;
  const map = new Float32Array(height * width);
  for (let place = 0; place < map.length; place++)
    map[place] = values[place * channels + channel] ?? 0;
  return { height, width, values: map };
}

/**
 * How many of the first channels show nothing on a scale up to `limit`.
 * @param count how many are looked at
 */
export function blankCount({ shape, values }: LayerValues, count: number, limit: number): number {
  const channels = shape.at(-1) ?? 1;
  const least = LEAST_SEEN * limit;
  const isBlank = (channel: number): boolean => {
    for (let k = channel; k < values.length; k += channels)
      if (Math.abs(values[k] ?? 0) > least) return false;
    return true;
  };
  return Array.from({ length: count }, (_, channel) => isBlank(channel)).filter(Boolean).length;
}

/** A channel of a layer's answer, from 0; its units as a strip where it has no places. */
export const mapOf = (answer: LayerValues, channel: number): ValueMap =>
  answer.shape.length === 1 ? stripOf(answer.values) : channelMap(answer, channel);

/**
 * Units laid out in rows, so that they make a strip: the first row has the first ones.
 * @returns `values` has one for each unit; places after them are empty
 */
export function stripOf(values: Float32Array): ValueMap {
  const rows = Math.max(1, Math.round(Math.sqrt(values.length / STRIP_ASPECT)));
  const columns = Math.max(STRIP_ASPECT, Math.ceil(values.length / rows));
  return { height: Math.max(1, Math.ceil(values.length / columns)), width: columns, values };
}
