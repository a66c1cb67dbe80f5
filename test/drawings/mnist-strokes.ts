import type { Examples } from '../../main/trainer/data/examples.ts';
import { rasterizeStrokes } from '../../shared/rasterize.ts';
import { extentOf, type Point, type Stroke } from '../../shared/strokes.ts';
import { strokesOf } from './skeleton.ts';

/** MNIST's digits as pen strokes: handwriting of many hands, to be drawn again at any size. */

export interface WrittenDigit {
  digit: number;
  strokes: Stroke[];
}

/**
 * Share of the ink that is elsewhere when the lines are drawn again where they were, with a pen that makes as much ink: where
 * thinning has filled a loop or lost a part, this is large.
 */
function lostByThinning(image: ArrayLike<number>, strokes: readonly Stroke[]): number {
  const redrawn = (width: number): Float32Array =>
    rasterizeStrokes(strokes, { width, softness: 1 }, { width: 28, height: 28 });
  const sum = (values: Float32Array): number => values.reduce((a, b) => a + b, 0);
  const original = Float32Array.from(image, (value) => value / 255);
  let [thin, thick] = [0.5, 8];
  for (let step = 0; step < 10; step++) {
    const width = (thin + thick) / 2;
    if (sum(redrawn(width)) < sum(original)) thin = width;
    else thick = width;
  }
  const difference = redrawn(thin).map((value, index) => Math.abs(value - original[index]!));
  return sum(difference) / sum(original);
}

/** `each` of every digit, evenly out of these images, but for those that thinning has changed much (about one in eight). */
export function writtenDigits({ images, labels, count }: Examples, each: number): WrittenDigit[] {
  const found: WrittenDigit[] = [];
  const have = new Array<number>(10).fill(0);
  // A step that shares no factor with the number of images comes by all of them.
  for (let k = 0; found.length < 10 * each && k < count; k++) {
    const index = (k * 7) % count;
    const digit = labels[index]!;
    if (have[digit] === each) continue;
    const image = images.subarray(index * 784, (index + 1) * 784);
    const strokes = strokesOf(image);
    if (lostByThinning(image, strokes) > 0.25) continue;
    have[digit]!++;
    found.push({ digit, strokes });
  }
  return found;
}

/** Strokes at another size, their longer side, and place, each point shaken by up to `shake` of that size. */
export function drawnAgain(
  strokes: readonly Stroke[],
  size: number,
  centre: Point,
  random: () => number,
  shake = 0,
): Stroke[] {
  const { left, top, width, height } = extentOf(strokes);
  const scale = size / Math.max(width, height);
  const shaken = (value: number): number => value + random() * shake * size;
  return strokes.map((stroke) =>
    stroke.map(({ x, y }) => ({
      x: shaken(centre.x + (x - left - width / 2) * scale),
      y: shaken(centre.y + (y - top - height / 2) * scale),
    })),
  );
}
