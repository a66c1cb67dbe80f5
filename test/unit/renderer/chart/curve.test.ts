import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf, type CurveLines } from '../../../../renderer/chart/curve.ts';

const curveOf = (values: readonly number[], most: number): CurveLines =>
  linesOf(
    values.map((y, index) => ({ x: index + 1, y, epoch: 1 })),
    [],
    most,
  );

describe('the lines of a curve', () => {
  it('keeps every point while there is room', () => {
    const curve = curveOf([3, 1, 2], 10);
    expect(curve.smooth.map(({ x }) => x)).toEqual([1, 2, 3]);
    expect(curve.raw.filter((_, index) => index % 2 === 0).map(({ y }) => y)).toEqual([3, 1, 2]);
  });

  it('stays bounded in an hour’s run, and keeps its greatest peak and its end', () => {
    const values = Array.from({ length: 36_000 }, (_, index) => Math.sin(index / 500));
    values[17_321] = 50;
    const curve = curveOf(values, 800);
    expect(curve.smooth.length).toBeLessThanOrEqual(800);
    expect(curve.raw.length).toBe(curve.smooth.length * 2);
    expect(curve.raw.find(({ y }) => y === 50)?.x).toBe(17_322);
    expect(curve.smooth.at(-1)?.x).toBe(36_000);
  });

  it('smooths without bending to zero at the start, and follows after', () => {
    expect(curveOf([5], 10).smooth[0]?.y).toBeCloseTo(5);
    const { smooth } = curveOf(
      [...Array<number>(100).fill(1), ...Array<number>(200).fill(0)],
      1000,
    );
    expect(smooth[99]?.y).toBeCloseTo(1);
    expect(smooth.at(-1)?.y).toBeLessThan(0.001);
  });

  it('holds least, greatest, order and bound for any values, and smooths as if it kept them all', () => {
    const values = fc.array(fc.float({ noNaN: true, min: -1e3, max: 1e3 }), {
      minLength: 1,
      maxLength: 300,
    });
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 20 }), (ys, most) => {
        const { raw, smooth } = curveOf(ys, most);
        const kept = raw.map(({ y }) => y);
        expect(Math.min(...kept)).toBe(Math.min(...ys));
        expect(Math.max(...kept)).toBe(Math.max(...ys));
        expect(smooth.length).toBeLessThanOrEqual(most);
        for (const line of [raw, smooth])
          line.forEach(({ x }, index) => expect(x).toBeGreaterThanOrEqual(line[index - 1]?.x ?? 0));
        const all = curveOf(ys, 1000).smooth;
        for (const { x, y } of smooth) expect(y).toBe(all[x - 1]!.y);
      }),
    );
  });
});
