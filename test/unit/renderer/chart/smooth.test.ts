import fc from 'fast-check';
import { expect, it } from 'vitest';
import { smoothBySteps, type CurvePoint } from '../../../../renderer/chart/smooth.ts';

const points = (values: readonly number[], every = 1): CurvePoint[] =>
  values.map((y, index) => ({ x: (index + 1) * every, y, epoch: 1 }));

it('a point counts for as many steps as it stands for', () => {
  // The same values at every step and at every fourth: the mean at the same steps is the same.
  const levels = Array.from({ length: 50 }, (_, k) => Math.sin(k / 5));
  const coarse = smoothBySteps(points(levels, 4));
  const fine = smoothBySteps(points(levels.flatMap((level) => Array<number>(4).fill(level))));
  coarse.slice(10).forEach(({ x, y }) => expect(y).toBeCloseTo(fine[x - 1]!.y, 3));
});

it('remembers the longer the longer a run is, and what is drawn does not change as it goes on', () => {
  const step = points([...Array<number>(30_000).fill(1), ...Array<number>(200).fill(0)]);
  const early = smoothBySteps(step.slice(-300).map((point, k) => ({ ...point, x: k + 1 })));
  const late = smoothBySteps(step);
  // 50 steps after the fall.
  expect(early[149]!.y).toBeLessThan(0.01);
  expect(late[30_049]!.y).toBeGreaterThan(0.8);
  expect(smoothBySteps(step.slice(0, 20_000))).toEqual(late.slice(0, 20_000));
});

it('lies between the least and the greatest value so far, for any steps and values', () => {
  const xs = fc.uniqueArray(fc.integer({ min: 1, max: 1e6 }), { minLength: 1, maxLength: 100 });
  const ys = fc.array(fc.float({ noNaN: true, min: -1e3, max: 1e3 }), {
    minLength: 100,
    maxLength: 100,
  });
  fc.assert(
    fc.property(xs, ys, (steps, values) => {
      const given = steps
        .toSorted((a, b) => a - b)
        .map((x, k) => ({ x, y: values[k] ?? 0, epoch: 1 }));
      smoothBySteps(given).forEach(({ x, y }, k) => {
        const sofar = given.slice(0, k + 1).map((point) => point.y);
        expect(x).toBe(given[k]!.x);
        expect(y).toBeGreaterThanOrEqual(Math.min(...sofar) - 1e-9);
        expect(y).toBeLessThanOrEqual(Math.max(...sofar) + 1e-9);
      });
    }),
  );
});
