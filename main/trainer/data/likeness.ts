import { turnedFrom, usualAppearance, type Appearance } from '../../../shared/appearance.ts';
import { digitTemplates, TEMPLATE_SIDE } from './digit-templates.ts';

/** How much images of ten classes resemble MNIST's digits, in all eight orientations and both polarities. */

/** Images count as digits from this correlation on: half of a hundred images have 0.64, permuted digits at most 0.58. */
const ALIKE = 0.6;
/** Another orientation must be better by at least this much. */
const CLEARLY = 0.2;
/** With fewer classes nothing can be told. */
const LEAST_CLASSES = 5;

const PIXELS = TEMPLATE_SIDE * TEMPLATE_SIDE;
const everyWay = [false, true];
const orientations = everyWay.flatMap((transposed) =>
  everyWay.flatMap((mirrored) => everyWay.map((flipped) => ({ transposed, mirrored, flipped }))),
);

/** Mean of each class's images, square and row by row; null for a class without images. */
export type ClassMeans = readonly (Float64Array | null)[];

/** The orientation and polarity of images of digits; null if they are not digits, or it cannot be told. */
export function digitAppearance(means: ClassMeans): Appearance | null {
  const compare = correlationWithTemplates(means, (digit) => digit);
  if (!compare) return null;
  const upright = compare(usualAppearance);
  const ways = orientations.map((way) => ({ way, likeness: compare(way) }));
  const best = ways.reduce((a, b) => (Math.abs(b.likeness) > Math.abs(a.likeness) ? b : a));
  if (Math.abs(best.likeness) < ALIKE) return null;
  const inverted = best.likeness < 0;
  const isClear = Math.abs(best.likeness) - Math.abs(upright) >= CLEARLY;
  return { ...(isClear ? best.way : usualAppearance), inverted };
}

/** Whether each class looks like the digit after it, and class 9 like 0. */
export function isOneBehind(means: ClassMeans): boolean {
  const shifted = correlationWithTemplates(means, (digit) => (digit + 1) % means.length);
  const own = correlationWithTemplates(means, (digit) => digit);
  if (!shifted || !own) return false;
  const likeness = shifted(usualAppearance);
  return likeness >= ALIKE && likeness - own(usualAppearance) >= CLEARLY;
}

/**
 * Correlation, from -1 to 1, of the classes' means with the templates of their digits, after subtracting the mean of all classes from each.
 */
function correlationWithTemplates(
  means: ClassMeans,
  digitOf: (label: number) => number,
): ((way: Omit<Appearance, 'inverted'>) => number) | null {
  const pairs = means.flatMap((mean, label) => {
    const template = digitTemplates[digitOf(label)];
    return mean && template ? [{ mean: resampleImage(mean), template }] : [];
  });
  if (pairs.length < LEAST_CLASSES) return null;
  const own = withoutMean(pairs.map(({ mean }) => mean));
  const templates = withoutMean(pairs.map(({ template }) => template));
  return (way) => {
    const from = turnedFrom(TEMPLATE_SIDE, TEMPLATE_SIDE, way);
    const turned = templates.map((template) => template.map((_, k) => template[from[k] ?? 0] ?? 0));
    const norm = Math.sqrt(innerProduct(own, own) * innerProduct(turned, turned));
    return norm === 0 ? 0 : innerProduct(own, turned) / norm;
  };
}

/** Subtracts the mean of all images from each. */
function withoutMean(images: readonly ArrayLike<number>[]): Float64Array[] {
  const mean = new Float64Array(PIXELS);
  for (const image of images)
    for (let k = 0; k < PIXELS; k++) mean[k] = (mean[k] ?? 0) + (image[k] ?? 0) / images.length;
  return images.map((image) => Float64Array.from(mean, (common, k) => (image[k] ?? 0) - common));
}

const innerProduct = (some: readonly Float64Array[], others: readonly Float64Array[]): number =>
  some.reduce(
    (sum, one, n) => one.reduce((inner, value, k) => inner + value * (others[n]?.[k] ?? 0), sum),
    0,
  );

/** Scales a square image to the templates' size: each pixel is the mean of the area that it covers. */
function resampleImage(image: Float64Array): Float64Array {
  const side = Math.sqrt(image.length);
  const weights = rowOverlaps(side);
  return Float64Array.from({ length: PIXELS }, (_, k) => {
    const [rows = [], columns = []] = [
      weights[Math.floor(k / TEMPLATE_SIDE)],
      weights[k % TEMPLATE_SIDE],
    ];
    let sum = 0;
    for (const [y, tall] of rows)
      for (const [x, wide] of columns) sum += (image[y * side + x] ?? 0) * tall * wide;
    return sum;
  });
}

/** For each row of a template: the rows of the image that it covers, and the share of each. */
function rowOverlaps(side: number): (readonly [index: number, share: number])[][] {
  const length = side / TEMPLATE_SIDE;
  return Array.from({ length: TEMPLATE_SIDE }, (_, part) => {
    const [begin, end] = [part * length, (part + 1) * length];
    const rows: (readonly [number, number])[] = [];
    for (let row = Math.floor(begin); row < Math.min(end, side); row++)
      rows.push([row, (Math.min(row + 1, end) - Math.max(row, begin)) / length]);
    return rows;
  });
}
