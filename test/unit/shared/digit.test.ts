import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MNIST_PEN, toDigit } from '../../../shared/digit.ts';
import type { Point, Stroke } from '../../../shared/strokes.ts';
import { drawnDigit, randomFrom } from '../../drawings/digits.ts';

const point = (x: number, y: number): Point => ({ x, y });
const line = (...points: [x: number, y: number][]): Stroke => points.map(([x, y]) => point(x, y));

function digitOf(strokes: readonly Stroke[]): Uint8Array {
  const digit = toDigit(strokes);
  if (digit === null) throw new Error('nothing was drawn');
  return digit;
}

const moved = (strokes: readonly Stroke[], dx: number, dy: number, scale = 1): Stroke[] =>
  strokes.map((stroke) => stroke.map(({ x, y }) => point(x * scale + dx, y * scale + dy)));

/** The largest difference between two pictures. */
const difference = (a: Uint8Array, b: Uint8Array): number =>
  Math.max(...a.map((value, index) => Math.abs(value - b[index]!)));

/** In pixels, shares of grey ones included: width, height and amount of the ink; and its mean place. */
function measure(digit: Uint8Array) {
  const columns = new Float64Array(28);
  const rows = new Float64Array(28);
  let [ink, x, y] = [0, 0, 0];
  digit.forEach((value, index) => {
    const [column, row, share] = [index % 28, Math.floor(index / 28), value / 255];
    columns[column] = Math.max(columns[column]!, share);
    rows[row] = Math.max(rows[row]!, share);
    ink += share;
    x += share * (column + 0.5);
    y += share * (row + 0.5);
  });
  const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
  return { width: sum(columns), height: sum(rows), x: x / ink, y: y / ink, ink };
}

const five = drawnDigit(5, 120, point(140, 140), randomFrom(5));
const anyDigit = fc
  .tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 1_000 }))
  .map(([digit, seed]) => drawnDigit(digit, 100, point(140, 140), randomFrom(seed)));

describe('toDigit', () => {
  it('makes nothing of no stroke, nor of strokes without points', () => {
    expect(toDigit([])).toBeNull();
    expect(toDigit([[], []])).toBeNull();
  });

  it('is the same wherever and however large it was drawn', () => {
    fc.assert(
      fc.property(
        anyDigit,
        fc.integer({ min: -300, max: 300 }),
        fc.integer({ min: -300, max: 300 }),
        fc.double({ min: 0.2, max: 2.7, noNaN: true }),
        (strokes, dx, dy, scale) => {
          const other = digitOf(moved(strokes, dx, dy, scale));
          expect(difference(other, digitOf(strokes))).toBeLessThanOrEqual(2);
        },
      ),
    );
  });

  it('sees one pen, however thick the drawn one is', () => {
    const pen = (width: number) => five.map((stroke) => stroke.map((at) => ({ ...at, width })));
    expect(digitOf(pen(34))).toEqual(digitOf(pen(6)));
  });

  it('brings the longer side to 20 pixels, the pen included, and keeps the aspect', () => {
    const bar = measure(digitOf([line([100, 20], [100, 260])]));
    expect(bar.height).toBeCloseTo(20, 0);
    expect(bar.width).toBeCloseTo(MNIST_PEN.width, 1);
    const wide = measure(digitOf([line([0, 0], [210, 0], [210, 70], [0, 70], [0, 0])]));
    expect(wide.width).toBeCloseTo(20, 0);
    expect(wide.height).toBeCloseTo((20 - MNIST_PEN.width) / 3 + MNIST_PEN.width, 0);
  });

  it('has its centre of mass where MNIST’s digits have theirs', () => {
    fc.assert(
      fc.property(anyDigit, (strokes) => {
        const { x, y } = measure(digitOf(strokes));
        expect(Math.abs(x - 14.5)).toBeLessThan(0.2);
        expect(Math.abs(y - 14.5)).toBeLessThan(0.2);
      }),
    );
  });

  it('keeps a very lopsided drawing whole', () => {
    const scribble = Array.from({ length: 400 }, (_, k): [number, number] => [
      (k * 37) % 12,
      (k * 53) % 60,
    ]);
    const lopsided = [line(...scribble), line([12, 30], [280, 30])];
    const digit = digitOf(lopsided);
    expect(measure(digit).width).toBeCloseTo(20, 0);
    const border = [...digit].filter((_, index) => index % 28 === 0 || index % 28 === 27);
    expect(Math.max(...border)).toBe(0);
  });

  it('makes a dot as large as the pen of a single point, and keeps a dot beside a stroke', () => {
    const dot = measure(digitOf([line([7, 270])]));
    expect(dot.ink).toBeCloseTo((Math.PI / 4) * MNIST_PEN.width ** 2, 0);
    const bar = line([100, 100], [100, 200]);
    const both = measure(digitOf([bar, line([130, 150])]));
    expect(both.ink - measure(digitOf([bar])).ink).toBeGreaterThan(4);
  });

  it('draws a stroke of many points, of any number of strokes', () => {
    const ends = line([50, 40], [60, 60], [90, 200]);
    const dense = ends.flatMap((at, index) => {
      const before = ends[index - 1] ?? at;
      return Array.from({ length: 3_000 }, (_, k) =>
        point(
          before.x + ((at.x - before.x) * (k + 1)) / 3_000,
          before.y + ((at.y - before.y) * (k + 1)) / 3_000,
        ),
      );
    });
    expect(difference(digitOf([dense]), digitOf([ends]))).toBeLessThanOrEqual(16);
    const taps = Array.from({ length: 3_000 }, (_, k) => [dense[k * 3]!]);
    expect(difference(digitOf(taps), digitOf([ends]))).toBeLessThanOrEqual(40);
  });

  it.each([NaN, Infinity, -Infinity, 1e30])('leaves out a point at %d, and that alone', (bad) => {
    const [first, ...others] = five;
    const spoilt = [...first!.slice(0, 20), point(bad, 10), point(10, bad), ...first!.slice(20)];
    expect(digitOf([spoilt, ...others])).toEqual(digitOf(five));
    expect(toDigit([[point(bad, bad)]])).toBeNull();
  });

  it('counts what was drawn beyond the edge of the pad', () => {
    expect(difference(digitOf(moved(five, -170, 0)), digitOf(five))).toBeLessThanOrEqual(2);
  });
});
