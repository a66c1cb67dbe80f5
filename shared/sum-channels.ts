/**
 * Adds up the channels of each pixel.
 * @param values row by row, with the channels of each pixel side by side
 */
export function sumChannels(values: Float32Array, channels: number): Float32Array {
  const sums = new Float32Array(values.length / channels);
  values.forEach((value, k) => {
    const place = Math.floor(k / channels);
    sums[place] = (sums[place] ?? 0) + value;
  });
  return sums;
}
