import type { ExampleShape } from '../../shared/network-shape.ts';

/** What a layer answers for one image, as pictures of its channels or units. */

/** What one layer answers for one image. */
export interface LayerAnswer {
  /** The layer's place in the network. */
  index: number;
  shape: ExampleShape;
  /** Row by row, of each place its channels. */
  values: Float32Array;
}

/** A plane of values, row by row. */
export interface ValueMap {
  height: number;
  width: number;
  values: Float32Array;
}

/** Channels of one layer that are shown, in two rows. */
const MOST_MAPS = 24;
/** A map is shown some 40 to 100 pixels large: of a larger one rows and columns are left out. */
const MOST_PLACES = 96;
/** Least share of the layer's greatest value that can be told from zero. */
const LEAST_SEEN = 0.02;
/** A strip of units is about so many times as wide as high. */
const STRIP_ASPECT = 16;

/** Least and greatest of some values. */
export interface Range {
  least: number;
  most: number;
}

export function rangeOf(values: Float32Array): Range {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return values.length === 0 ? { least: 0, most: 0 } : { least, most };
}

/** The end of a scale that is the same on both sides of zero. */
export const limitOfRange = ({ least, most }: Range): number =>
  Math.max(Math.abs(least), Math.abs(most));

/**
 * The maps of a layer's first channels.
 * @param answer of a layer whose output is images; of another there are none
 */
export function firstMaps({ shape, values }: LayerAnswer): ValueMap[] {
  if (shape.length === 1) return [];
  const channels = shape[2];
  return Array.from({ length: Math.min(channels, MOST_MAPS) }, (_, channel) =>
    thinnedMap(shape, values, channel),
  );
}

/** A channel of a layer's answer, from 0; its units as a strip where it has no places. */
export const mapOf = ({ shape, values }: LayerAnswer, channel: number): ValueMap =>
  shape.length === 1 ? stripOf(values) : thinnedMap(shape, values, channel);

/** One channel; every second, third, … row and column of a large one. */
function thinnedMap(
  [height, width, channels]: readonly [number, number, number],
  values: Float32Array,
  channel: number,
): ValueMap {
  const stride = Math.max(1, Math.ceil(Math.max(height, width) / MOST_PLACES));
  const [rows, columns] = [Math.ceil(height / stride), Math.ceil(width / stride)];
  const map = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      map[row * columns + column] =
        values[(row * stride * width + column * stride) * channels + channel] ?? 0;
  return { height: rows, width: columns, values: map };
}

/** How many maps show nothing on a scale up to `limit`. */
export const blankCount = (maps: readonly ValueMap[], limit: number): number =>
  maps.filter(({ values }) => limitOfRange(rangeOf(values)) <= LEAST_SEEN * limit).length;

/**
 * Units laid out in rows, so that they make a strip: the first row has the first ones.
 * @returns `values` has one for each unit; places after them are empty
 */
export function stripOf(values: Float32Array): ValueMap {
  const rows = Math.max(1, Math.round(Math.sqrt(values.length / STRIP_ASPECT)));
  const columns = Math.max(STRIP_ASPECT, Math.ceil(values.length / rows));
  return { height: Math.max(1, Math.ceil(values.length / columns)), width: columns, values };
}
