import type { Point, Stroke } from '../../shared/strokes.ts';

/**
 * A digit of MNIST's as the line that a pen may have followed: enlarged, made black and white, thinned to one pixel
 * (T. Y. Zhang, C. Y. Suen, "A fast parallel algorithm for thinning digital patterns", CACM 27(3), 1984), and traced.
 */

const SIZE = 28;
const ENLARGED = 4;
/** With a border, so that every pixel has eight neighbours. */
const SIDE = SIZE * ENLARGED + 2;
/** N, NE, E, SE, S, SW, W, NW, as in the paper. */
const AROUND = [-SIDE, -SIDE + 1, 1, SIDE + 1, SIDE, SIDE - 1, -1, -SIDE - 1] as const;

/** Ink of 28×28 bytes as 1 in an image four times as large, between whose pixels it is interpolated. */
export function enlargedInk(image: ArrayLike<number>): Uint8Array {
  const at = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= SIZE || y >= SIZE ? 0 : image[y * SIZE + x]!;
  const ink = new Uint8Array(SIDE * SIDE);
  for (let row = 0; row < SIZE * ENLARGED; row++)
    for (let column = 0; column < SIZE * ENLARGED; column++) {
      const [x, y] = [column, row].map((k) => (k + 0.5) / ENLARGED - 0.5) as [number, number];
      const [left, top] = [Math.floor(x), Math.floor(y)];
      const [u, v] = [x - left, y - top];
      const value =
        (at(left, top) * (1 - u) + at(left + 1, top) * u) * (1 - v) +
        (at(left, top + 1) * (1 - u) + at(left + 1, top + 1) * u) * v;
      ink[(row + 1) * SIDE + column + 1] = value >= 128 ? 1 : 0;
    }
  return ink;
}

const neighbours = (ink: Uint8Array, index: number): number[] =>
  AROUND.map((step) => ink[index + step]!);

function isRemovable(p: readonly number[], first: boolean): boolean {
  const count = p.reduce((a, b) => a + b, 0);
  if (count < 2 || count > 6) return false;
  const rises = p.filter((value, k) => value === 0 && p[(k + 1) % 8] === 1).length;
  const [north, , east, , south, , west] = p;
  return (
    rises === 1 &&
    (first
      ? !(north && east && south) && !(east && south && west)
      : !(north && east && west) && !(north && south && west))
  );
}

const inkPixels = (ink: Uint8Array): number[] =>
  Array.from(ink.keys()).filter((index) => ink[index] === 1);

/** Zhang and Suen's thinning. */
export function thinned(ink: Uint8Array): Uint8Array {
  const left = ink.slice();
  let pixels = inkPixels(left);
  for (let before = 0; before !== pixels.length;) {
    before = pixels.length;
    for (const first of [true, false]) {
      const removed = pixels.filter((index) => isRemovable(neighbours(left, index), first));
      for (const index of removed) left[index] = 0;
      pixels = pixels.filter((index) => left[index] === 1);
    }
  }
  return left;
}

/** Steps to the pixels around, up to five of the 28×28 image away; the nearest first. */
const FAR = 5 * ENLARGED;
const stepsByDistance = Array.from({ length: (2 * FAR + 1) ** 2 }, (_, k) => {
  const [x, y] = [(k % (2 * FAR + 1)) - FAR, Math.floor(k / (2 * FAR + 1)) - FAR];
  return { x, y, distance: Math.hypot(x, y) };
}).sort((a, b) => a.distance - b.distance);

/** How far the pixels of a skeleton are from paper, in pixels of the 28×28 image. */
export function distancesToPaper(ink: Uint8Array, skeleton: Uint8Array): number[] {
  return inkPixels(skeleton).map((index) => {
    const nearest = stepsByDistance.find(({ x, y }) => !ink[index + y * SIDE + x]);
    // The edge lies halfway between the two pixels' centres.
    return ((nearest?.distance ?? FAR) - 0.5) / ENLARGED;
  });
}

const pointOf = (index: number): Point => ({
  x: ((index % SIDE) - 0.5) / ENLARGED,
  y: (Math.floor(index / SIDE) - 0.5) / ENLARGED,
});

/** The skeleton's pixels as lines from end or junction to end or junction, and rounds, in pixels of the 28×28 image. */
export function traced(skeleton: Uint8Array): Stroke[] {
  const degree = (index: number): number => neighbours(skeleton, index).reduce((a, b) => a + b, 0);
  const used = new Set<string>();
  const key = (a: number, b: number): string => (a < b ? `${a} ${b}` : `${b} ${a}`);
  const strokes: Stroke[] = [];
  const follow = (start: number, next: number): void => {
    const line = [start];
    let [before, at] = [start, next];
    for (;;) {
      used.add(key(before, at));
      line.push(at);
      if (degree(at) !== 2) break;
      const on = AROUND.map((step) => at + step).find(
        (to) => skeleton[to] === 1 && to !== before && !used.has(key(at, to)),
      );
      if (on === undefined) break;
      [before, at] = [at, on];
    }
    strokes.push(smooth(line.map(pointOf)));
  };
  const pixels = inkPixels(skeleton);
  const ends = pixels.filter((index) => degree(index) !== 2);
  for (const start of [...ends, ...pixels]) {
    if (degree(start) === 0) strokes.push([pointOf(start)]);
    for (const step of AROUND)
      if (skeleton[start + step] === 1 && !used.has(key(start, start + step)))
        follow(start, start + step);
  }
  return strokes;
}

/** The steps between pixels smoothed out, the ends where they were. */
function smooth(line: readonly Point[]): Stroke {
  let points = line;
  for (let round = 0; round < 3; round++)
    points = points.map((point, k) => {
      const [before, after] = [points[k - 1], points[k + 1]];
      if (before === undefined || after === undefined) return point;
      return {
        x: (before.x + 2 * point.x + after.x) / 4,
        y: (before.y + 2 * point.y + after.y) / 4,
      };
    });
  return points;
}

/** One of MNIST's images as strokes in its own pixels. */
export const strokesOf = (image: ArrayLike<number>): Stroke[] =>
  traced(thinned(enlargedInk(image)));
