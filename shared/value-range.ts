/** Least and greatest of some values. */
export interface ValueRange {
  least: number;
  most: number;
}

export function rangeOf(values: Float32Array): ValueRange {
  let [least, most] = [Infinity, -Infinity];
  // Of each answer while a run trains: an iterator would take ten times as long.
  for (let k = values.length - 1; k >= 0; k--) {
    const value = values[k] ?? 0;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return values.length === 0 ? { least: 0, most: 0 } : { least, most };
}

/** The end of a scale that is the same on both sides of zero. */
export const limitOfRange = ({ least, most }: ValueRange): number =>
  Math.max(Math.abs(least), Math.abs(most));
