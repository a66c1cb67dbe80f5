/** One channel of maps [height, width, channels], row by row. */
export const channelPlane = (
  values: ArrayLike<number>,
  channels: number,
  channel: number,
): Float64Array =>
  Float64Array.from(
    { length: values.length / channels },
    (_, place) => values[place * channels + channel] ?? 0,
  );

/** The greatest value, sign aside; 0 of none. */
export function greatest(values: ArrayLike<number>): number {
  return Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
