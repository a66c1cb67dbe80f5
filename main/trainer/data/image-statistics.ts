import type { Examples } from './examples.ts';
import type { ClassMeans } from './likeness.ts';
import type { ImageForm } from './raw-dataset.ts';

/** Most pixels that are examined: of MNIST, 12,755 images. */
const MOST_PIXELS = 10_000_000;
const LEAST_IMAGES = 20;

/** Brightness goes from 0 to 255. */
export interface ImageStatistics {
  /** Mean of each class's images; null for a class without images. Empty if means were not wanted. */
  means: ClassMeans;
  /** Mean brightness of the outermost pixels. */
  border: number;
  /** Mean brightness of the middle, half as high and half as wide as the image. */
  middle: number;
  /** Share of the images that have only one brightness. */
  constant: number;
  areAllTheSame: boolean;
  brightest: number;
}

/** The step with which at most `most` of `count` images are examined. */
export const everyNth = (count: number, most: number): number =>
  Math.max(Math.ceil(count / Math.max(most, 1)), 1);

/**
 * Statistics of the images, or of as many of them as can be examined in a fraction of a second.
 * @param hasMeans whether each class's mean is wanted: for many classes of large images they take much memory
 */
export function statisticsOf(
  { images, labels, count }: Examples,
  { height, width, channels, classNames }: ImageForm,
  hasMeans: boolean,
): ImageStatistics {
  const size = height * width * channels;
  const classes = hasMeans ? classNames.length : 1;
  // Of so many pixels at most, a sum is a whole number below 2³².
  const sums = Array.from({ length: classes }, () => new Uint32Array(size));
  const counts = Array.from({ length: classes }, () => 0);
  const most = Math.max(Math.floor(MOST_PIXELS / size), LEAST_IMAGES);
  const first = images.subarray(0, size);
  let [looked, constant, brightest, areAllTheSame] = [0, 0, 0, true];
  for (let n = 0; n < count; n += everyNth(count, most)) {
    const label = hasMeans ? (labels[n] ?? 0) : 0;
    const image = images.subarray(n * size, (n + 1) * size);
    areAllTheSame &&= Buffer.compare(image, first) === 0;
    const [low, high] = addTo((sums[label] ??= new Uint32Array(size)), image);
    looked++;
    counts[label] = (counts[label] ?? 0) + 1;
    if (low === high) constant++;
    if (high > brightest) brightest = high;
  }
  const total = new Float64Array(size);
  for (const sum of sums) sum.forEach((value, k) => (total[k] = (total[k] ?? 0) + value));
  return {
    means: hasMeans
      ? sums.map((sum, label) => {
          const of = counts[label] ?? 0;
          return of === 0 ? null : Float64Array.from(sum, (value) => value / of);
        })
      : [],
    ...borderAndMiddle(
      total.map((value) => value / looked),
      height,
      width * channels,
    ),
    constant: constant / looked,
    areAllTheSame,
    brightest,
  };
}

/**
 * Adds an image to a sum, pixel by pixel.
 * @returns its lowest and its highest value
 */
function addTo(sum: Uint32Array, image: Uint8Array): [low: number, high: number] {
  let [low, high] = [255, 0];
  for (let k = 0; k < image.length; k++) {
    const pixel = image[k] ?? 0;
    sum[k] = (sum[k] ?? 0) + pixel;
    if (pixel < low) low = pixel;
    if (pixel > high) high = pixel;
  }
  return [low, high];
}

function borderAndMiddle(
  image: Float64Array,
  height: number,
  width: number,
): { border: number; middle: number } {
  const [border, middle] = [
    { sum: 0, count: 0 },
    { sum: 0, count: 0 },
  ];
  const isMiddle = (at: number, length: number): boolean =>
    at >= Math.floor(length / 4) && at < Math.ceil((length * 3) / 4);
  image.forEach((value, k) => {
    const [y, x] = [Math.floor(k / width), k % width];
    const isBorder = y === 0 || x === 0 || y === height - 1 || x === width - 1;
    const part = isBorder ? border : isMiddle(y, height) && isMiddle(x, width) ? middle : null;
    if (!part) return;
    part.sum += value;
    part.count++;
  });
  const meanOf = ({ sum, count }: { sum: number; count: number }): number =>
    count === 0 ? 0 : sum / count;
  return middle.count === 0
    ? { border: 0, middle: 0 }
    : { border: meanOf(border), middle: meanOf(middle) };
}
