import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawnImage, MNIST_PEN, usualForm } from '../../../shared/drawn-image.ts';
import { lookingLike, type Appearance } from '../../../shared/appearance.ts';
import type { Point, Stroke } from '../../../shared/strokes.ts';
import { drawnDigit, randomFrom } from '../../drawings/digits.ts';

const point = (x: number, y: number): Point => ({ x, y });
const line = (...points: [x: number, y: number][]): Stroke => points.map(([x, y]) => point(x, y));

function digitOf(strokes: readonly Stroke[]): Uint8Array {
  const digit = drawnImage(strokes, usualForm);
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

describe('drawnImage like MNIST’s', () => {
  it('makes nothing of no stroke, nor of strokes without points', () => {
    expect(drawnImage([], usualForm)).toBeNull();
    expect(drawnImage([[], []], usualForm)).toBeNull();
  });

  it('is byte for byte what it was when all images were 28×28', () => {
    const all = createHash('sha256');
    for (let digit = 0; digit < 10; digit++)
      for (let k = 0; k < 10; k++) {
        const random = randomFrom(10 * digit + k);
        all.update(digitOf(drawnDigit(digit, 30 + 20 * k, point(140, 140), random)));
      }
    expect(all.digest('hex')).toBe(
      '64a0d9eab3eade8093bc2d7ae87e963e058a4f929b089eca66c6dfc3c852e375',
    );
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
    expect(drawnImage([[point(bad, bad)]], usualForm)).toBeNull();
  });

  it('counts what was drawn beyond the edge of the pad', () => {
    expect(difference(digitOf(moved(five, -170, 0)), digitOf(five))).toBeLessThanOrEqual(2);
  });
});

const side = fc.integer({ min: 8, max: 80 });
const size = fc.record({ height: side, width: side });
const appearance: fc.Arbitrary<Appearance> = fc.record({
  transposed: fc.boolean(),
  mirrored: fc.boolean(),
  flipped: fc.boolean(),
  inverted: fc.boolean(),
});

/** Share of the whole image that is ink, and the ink's mean place as shares of height and width. */
function inkOf(image: Uint8Array, width: number) {
  let [ink, x, y] = [0, 0, 0];
  image.forEach((value, index) => {
    ink += value;
    x += value * ((index % width) + 0.5);
    y += value * (Math.floor(index / width) + 0.5);
  });
  return { share: ink / 255 / image.length, x: x / ink, y: y / ink };
}

describe('drawnImage of other sizes', () => {
  it('is MNIST’s, larger or smaller: as much of it is ink, in the same place', () => {
    fc.assert(
      fc.property(anyDigit, fc.integer({ min: 14, max: 120 }), (strokes, pixels) => {
        const form = { ...usualForm, height: pixels, width: pixels };
        const [mnist, other] = [
          inkOf(digitOf(strokes), 28),
          inkOf(drawnImage(strokes, form)!, pixels),
        ];
        expect(Math.abs(other.share / mnist.share - 1)).toBeLessThan(0.12);
        expect(Math.abs(other.x / pixels - mnist.x / 28)).toBeLessThan(0.02);
        expect(Math.abs(other.y / pixels - mnist.y / 28)).toBeLessThan(0.02);
      }),
    );
  });

  it('is the square of its smaller side in the middle of it, and nothing beside that', () => {
    fc.assert(
      fc.property(anyDigit, size, (strokes, { height, width }) => {
        const least = Math.min(height, width);
        const image = drawnImage(strokes, { ...usualForm, height, width })!;
        const square = drawnImage(strokes, { ...usualForm, height: least, width: least })!;
        expect(image).toHaveLength(height * width);
        const [top, left] = [Math.floor((height - least) / 2), Math.floor((width - least) / 2)];
        image.forEach((value, index) => {
          const [y, x] = [Math.floor(index / width) - top, (index % width) - left];
          const isInside = y >= 0 && y < least && x >= 0 && x < least;
          if (value !== (isInside ? square[y * least + x] : 0))
            throw new Error(`${value} at ${x}, ${y}`);
        });
      }),
    );
  });

  it('looks as the network’s images look, whichever way they are turned', () => {
    fc.assert(
      fc.property(anyDigit, size, appearance, (strokes, { height, width }, way) => {
        const image = drawnImage(strokes, { height, width, channels: 1, appearance: way });
        const upright = way.transposed ? { height: width, width: height } : { height, width };
        const usual = drawnImage(strokes, { ...usualForm, ...upright })!;
        expect(image).toEqual(lookingLike(usual, upright, way));
        const [paper] = image!;
        expect(paper).toBe(way.inverted ? 255 : 0);
      }),
    );
  });

  it('has all channels alike', () => {
    fc.assert(
      fc.property(anyDigit, size, appearance, (strokes, { height, width }, way) => {
        const [grey, colour] = [1, 3].map((channels) =>
          drawnImage(strokes, { height, width, channels, appearance: way }),
        );
        expect(colour).toEqual(
          Uint8Array.from([...grey!].flatMap((value) => [value, value, value])),
        );
      }),
    );
  });

  it('still shows a line where an image is smallest', () => {
    const bar = drawnImage([line([100, 20], [100, 260])], { ...usualForm, height: 8, width: 8 })!;
    expect(Math.max(...bar)).toBeGreaterThan(120);
    expect(bar.filter((value) => value > 60).length).toBeGreaterThanOrEqual(5);
  });
});
