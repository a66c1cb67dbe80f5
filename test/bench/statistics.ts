export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Between the two nearest values. @param share 0 the least, 1 the most */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? NaN;
  const above = sorted[Math.ceil(place)] ?? NaN;
  return below + (above - below) * (place - Math.floor(place));
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Standard deviation of a sample. */
export function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(
    values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1),
  );
}

/** Ratio turn by turn, so that a machine that was slow for a while was slow for both; then the median. */
export const ratio = (values: readonly number[], base: readonly number[]): number =>
  median(values.map((value, turn) => value / (base[turn] ?? NaN)));
