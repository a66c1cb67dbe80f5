import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf, type CurveData, type CurveLines } from '../../../../renderer/chart/curve.ts';
import { smoothBySteps } from '../../../../renderer/chart/smooth.ts';

function dataOf(values: readonly number[]): CurveData {
  const steps = Float64Array.from(values, (_, index) => index + 1);
  const column = Float64Array.from(values);
  const smoothed = smoothBySteps(steps, column);
  return { steps, epochs: steps.map(() => 1), values: column, smoothed, validation: [] };
}
const wholeOf = (values: readonly number[], most?: number): CurveLines =>
  linesOf(dataOf(values), { from: 0, to: values.length }, most);

/** A run of an hour, with one peak. */
const long = Array.from({ length: 36_000 }, (_, index) => Math.sin(index / 500));
long[17_321] = 50;

describe('the lines of a curve', () => {
  it('keep every point while there is room, and have no band then', () => {
    const { smooth, raw, band } = wholeOf([3, 1, 2], 10);
    expect(smooth.map(({ x }) => x)).toEqual([1, 2, 3]);
    expect(raw).toEqual([
      { x: 1, y: 3 },
      { x: 2, y: 1 },
      { x: 3, y: 2 },
    ]);
    expect(band.low).toEqual([]);
  });

  it('stay bounded in an hour’s run, and keep its greatest peak and its end', () => {
    const { smooth, raw, band } = wholeOf(long, 800);
    expect(smooth.length).toBeLessThanOrEqual(800);
    expect(raw.length).toBeLessThanOrEqual(smooth.length * 2);
    expect(raw.find(({ y }) => y === 50)?.x).toBe(17_322);
    expect(smooth.at(-1)?.x).toBe(36_000);
    expect(Math.max(...band.high.map(({ y }) => y))).toBe(50);
    expect(band.high.length).toBeLessThanOrEqual(200);
  });

  it('show in a closer look what was measured there, point by point, and go on to both edges', () => {
    const { raw } = linesOf(dataOf(long), { from: 17_300.5, to: 17_340.5 });
    expect(raw.map(({ x }) => x)).toEqual(Array.from({ length: 42 }, (_, k) => 17_300 + k));
    for (const { x, y } of raw) expect(y).toBe(long[x - 1]);
  });

  it('are one line with all its peaks where nothing is smoothed', () => {
    const data = dataOf(long);
    const { smooth, raw } = linesOf({ ...data, smoothed: data.values }, { from: 0, to: 36_000 });
    expect(raw).toEqual([]);
    expect(smooth.some(({ y }) => y === 50)).toBe(true);
  });

  it('hold least, greatest, order and bound in any part, and depend on nothing that is not in it', () => {
    const values = fc.array(fc.float({ noNaN: true, min: -1e3, max: 1e3 }), {
      minLength: 1,
      maxLength: 300,
    });
    const part = fc.tuple(fc.nat(300), fc.integer({ min: 4, max: 300 }));
    fc.assert(
      fc.property(values, part, fc.integer({ min: 2, max: 20 }), (ys, [from, width], most) => {
        const shown = { from, to: from + width };
        const data = dataOf(ys);
        const { raw, smooth, band } = linesOf(data, shown, most);
        const seen = ys.slice(Math.max(0, from - 1), from + width);
        const drawn = raw.filter(({ x }) => x >= from && x <= from + width).map(({ y }) => y);
        expect(Math.min(...drawn)).toBe(Math.min(...seen));
        expect(Math.max(...drawn)).toBe(Math.max(...seen));
        // A stretch more at each edge.
        expect(smooth.length).toBeLessThanOrEqual(most + 2);
        for (const line of [raw, smooth, band.low])
          line.forEach(({ x }, index) =>
            expect(x).toBeGreaterThan(line[index - 1]?.x ?? -Infinity),
          );
        for (const { x, y } of smooth) expect(y).toBe(data.smoothed[x - 1]);
        // What comes later changes nothing.
        const longer = dataOf([...ys.slice(0, from + width + 1), 5, 6, 7]);
        const end = ys.length > from + width;
        if (end) expect(linesOf(longer, shown, most).raw).toEqual(raw);
      }),
      // Three stretches were drawn of steps 2 to 6 where two have room.
      { examples: [[[0, 0, 0, 0, 0, 0, 0], [2, 4], 2]] },
    );
  });
});
