import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toDigit, type Drawing } from '../../shared/digit.ts';

const blank = (width: number, height: number): Drawing & { ink: Uint8Array } => ({
  width,
  height,
  ink: new Uint8Array(width * height),
});

/** A drawing of `size`² with rectangles of full ink in it. */
function rectangles(size: number, ...boxes: [x: number, y: number, w: number, h: number][]) {
  const drawing = blank(size, size);
  for (const [left, top, width, height] of boxes)
    for (let y = top; y < top + height; y++)
      drawing.ink.fill(255, y * size + left, y * size + left + width);
  return drawing;
}

function digitOf(drawing: Drawing): Uint8Array {
  const digit = toDigit(drawing);
  if (digit === null) throw new Error('nothing was drawn');
  return digit;
}

function measure(digit: Uint8Array) {
  let [left, right, top, bottom, mass, x, y] = [28, -1, 28, -1, 0, 0, 0];
  digit.forEach((value, index) => {
    if (value === 0) return;
    const column = index % 28;
    const row = Math.floor(index / 28);
    [left, right] = [Math.min(left, column), Math.max(right, column)];
    [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
    mass += value;
    x += value * (column + 0.5);
    y += value * (row + 0.5);
  });
  return { width: right - left + 1, height: bottom - top + 1, x: x / mass, y: y / mass };
}

describe('toDigit', () => {
  it('makes nothing of an empty drawing, nor of a faint fringe', () => {
    expect(toDigit(blank(280, 280))).toBeNull();
    expect(toDigit(blank(0, 0))).toBeNull();
    const faint = blank(10, 10);
    faint.ink.fill(3);
    expect(toDigit(faint)).toBeNull();
  });

  it('fits the longer side to 20 and keeps the aspect', () => {
    const tall = measure(digitOf(rectangles(280, [100, 20, 60, 240])));
    expect(tall).toMatchObject({ width: 5, height: 20 });
    const wide = measure(digitOf(rectangles(280, [10, 100, 200, 50])));
    expect(wide).toMatchObject({ width: 20, height: 5 });
  });

  it('enlarges a small drawing as it shrinks a large one', () => {
    const small = digitOf(rectangles(280, [3, 5, 2, 8], [3, 11, 6, 2]));
    const large = digitOf(rectangles(280, [30, 50, 20, 80], [30, 110, 60, 20]));
    expect(small).toEqual(large);
  });

  it('makes a block of a single dot, in the middle', () => {
    const digit = digitOf(rectangles(280, [7, 270, 1, 1]));
    expect(measure(digit)).toEqual({ width: 20, height: 20, x: 14, y: 14 });
  });

  it('keeps a line one pixel thin visible', () => {
    const digit = digitOf(rectangles(280, [140, 0, 1, 280]));
    expect(measure(digit)).toMatchObject({ width: 1, height: 20 });
    expect(Math.max(...digit)).toBe(255);
  });

  it('averages the area under each pixel', () => {
    // Every second column of ink, halved in size: half ink everywhere.
    const drawing = rectangles(
      40,
      ...Array.from(
        { length: 20 },
        (_, i) => [i * 2, 0, 1, 40] as [number, number, number, number],
      ),
    );
    const digit = digitOf({ ...drawing });
    const inside = digit.filter((value) => value > 0);
    expect(Math.min(...inside)).toBeGreaterThan(60);
    expect(Math.max(...inside)).toBeLessThan(200);
  });

  it('does not depend on where it was drawn', () => {
    const shape = (x: number, y: number) =>
      digitOf(rectangles(280, [x, y, 70, 15], [x + 40, y, 18, 90]));
    const centred = shape(105, 95);
    for (const [x, y] of [
      [0, 0],
      [210, 190],
      [3, 150],
    ] as const)
      expect(shape(x, y)).toEqual(centred);
  });

  const box = fc
    .record({
      x: fc.nat(90),
      y: fc.nat(90),
      w: fc.integer({ min: 1, max: 30 }),
      h: fc.integer({ min: 1, max: 30 }),
    })
    .map(({ x, y, w, h }): [number, number, number, number] => [x, y, w, h]);

  it('lies in a box of 20×20 with its centre of mass within half a pixel of the middle', () => {
    fc.assert(
      fc.property(fc.array(box, { minLength: 1, maxLength: 6 }), (boxes) => {
        const { width, height, x, y } = measure(digitOf(rectangles(120, ...boxes)));
        expect(Math.max(width, height)).toBeLessThanOrEqual(20);
        // A lopsided drawing is kept whole: then its box touches the border instead.
        if (Math.abs(x - 14) < 5 && Math.abs(y - 14) < 5 && width <= 14 && height <= 14) {
          expect(Math.abs(x - 14)).toBeLessThanOrEqual(0.51);
          expect(Math.abs(y - 14)).toBeLessThanOrEqual(0.51);
        }
      }),
    );
  });

  it('centres any drawing whose mass is not far from its middle', () => {
    fc.assert(
      fc.property(box, fc.integer({ min: 1, max: 20 }), ([x, y, w, h], bar) => {
        const drawing = rectangles(160, [x, y, w, h], [x, y, bar, h], [x, y + h, w, 2]);
        const measured = measure(digitOf(drawing));
        expect(Math.abs(measured.x - 14)).toBeLessThanOrEqual(0.51);
        expect(Math.abs(measured.y - 14)).toBeLessThanOrEqual(0.51);
      }),
    );
  });
});
