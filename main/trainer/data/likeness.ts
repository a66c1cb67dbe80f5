import { turnedFrom, usualAppearance, type Appearance } from '../../../shared/appearance.ts';
import { digitTemplates, TEMPLATE_SIDE } from './digit-templates.ts';

/** How much images of ten classes are like MNIST's digits, in all eight orientations, in both polarities. */

/** Correlation from which images are taken for digits: half of a hundred images have 0.64, permuted digits at most 0.58. */
const ALIKE = 0.6;
/** By so much another orientation has to be better. */
const CLEARLY = 0.2;
/** Fewer classes are too few to tell anything by. */
const LEAST_CLASSES = 5;

const PIXELS = TEMPLATE_SIDE * TEMPLATE_SIDE;
const everyWay = [false, true];
const orientations = everyWay.flatMap((transposed) =>
  everyWay.flatMap((mirrored) => everyWay.map((flipped) => ({ transposed, mirrored, flipped }))),
);

/** Means of each class's images, square and row by row; null for a class without one. */
export type ClassMeans = readonly (Float64Array | null)[];

/** How the images look, where they are digits; null: they are none, or it cannot be told. */
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

/** Whether the images of each class look like the digit that comes after it, and those of 9 like 0. */
export function isOneBehind(means: ClassMeans): boolean {
  const shifted = correlationWithTemplates(means, (digit) => (digit + 1) % means.length);
  const own = correlationWithTemplates(means, (digit) => digit);
  if (!shifted || !own) return false;
  const likeness = shifted(usualAppearance);
  return likeness >= ALIKE && likeness - own(usualAppearance) >= CLEARLY;
}

/** Correlation, from -1 to 1, of the classes' means with the templates of their digits, both without what all classes have in common. */
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

/** Each without the mean of all. */
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

/** A square image at the templates' size: every pixel the mean of the area that it covers. */
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

/** For each of the templates' rows: the rows of an image below it, and the share of it that each has. */
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
