export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/**
 * Between the two nearest values.
 * @param share 0 the least, 1 the most
 */
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

/** Half of the interval around the mean ratio, turn by turn, that holds the true one in 95 of 100 samples. */
export function ratioMargin(values: readonly number[], base: readonly number[]): number {
  const ratios = values.map((value, turn) => value / (base[turn] ?? NaN));
  return (1.96 * deviation(ratios)) / Math.sqrt(ratios.length);
}

/** Of means. */
export interface Difference {
  difference: number;
  /** Ends of the interval that holds the true difference in 95 of 100 samples. */
  low: number;
  high: number;
}

/** Of two samples' means, whose deviations may differ: Welch 1947. */
export function difference(one: readonly number[], other: readonly number[]): Difference {
  const [a, b] = [one, other].map((values) => deviation(values) ** 2 / values.length) as [
    number,
    number,
  ];
  const freedom = (a + b) ** 2 / (a ** 2 / (one.length - 1) + b ** 2 / (other.length - 1));
  const middle = mean(one) - mean(other);
  const half = a + b === 0 ? 0 : studentQuantile(freedom) * Math.sqrt(a + b);
  return { difference: middle, low: middle - half, high: middle + half };
}

const CENTRAL = 0.95;
const SLICES = 1000;

/**
 * How far from 0 Student's t lies in 95 of 100 cases. With t = √f·tan(θ) its density is that of cos(θ)^(f−1), which is summed
 * up from the middle to where it has made 95 %.
 * @param freedom f, from 1
 */
export function studentQuantile(freedom: number): number {
  const slice = Math.PI / 2 / SLICES;
  const density = (k: number): number => Math.cos((k + 0.5) * slice) ** (freedom - 1);
  const all = Array.from({ length: SLICES }, (_, k) => density(k)).reduce((sum, d) => sum + d);
  let left = CENTRAL * all;
  let k = 0;
  while (left > density(k)) left -= density(k++);
  return Math.sqrt(freedom) * Math.tan((k + left / density(k)) * slice);
}
