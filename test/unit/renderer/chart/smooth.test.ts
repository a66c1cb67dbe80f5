import fc from 'fast-check';
import { expect, it } from 'vitest';
import { smoothBySteps } from '../../../../renderer/chart/smooth.ts';
import type { SmoothingMemory } from '../../../../shared/curve-view.ts';

function smoothed(values: readonly number[], memory: SmoothingMemory = 'automatic', every = 1) {
  const steps = Float64Array.from(values, (_, index) => (index + 1) * every);
  return [...smoothBySteps(steps, Float64Array.from(values), memory)];
}

it.each<SmoothingMemory>(['automatic', 10, 100])(
  'a point counts for as many steps as it stands for, with a memory of %s',
  (memory) => {
    // The same values at every step and at every fourth: the mean at the same steps is the same.
    const levels = Array.from({ length: 50 }, (_, k) => Math.sin(k / 5));
    const coarse = smoothed(levels, memory, 4);
    const fine = smoothed(
      levels.flatMap((level) => Array<number>(4).fill(level)),
      memory,
    );
    coarse
      .slice(10)
      .forEach((value, index) => expect(value).toBeCloseTo(fine[4 * (index + 11) - 1]!, 1));
  },
);

it('remembers the longer the longer a run is, and what is drawn does not change as it goes on', () => {
  const values = [...Array<number>(30_000).fill(1), ...Array<number>(200).fill(0)];
  const early = smoothed(values.slice(-300));
  const late = smoothed(values);
  // 50 steps after the fall.
  expect(early[149]).toBeLessThan(0.01);
  expect(late[30_049]).toBeGreaterThan(0.8);
  expect(smoothed(values.slice(0, 20_000))).toEqual(late.slice(0, 20_000));
});

it('a memory that is chosen is the same all along, and none leaves the values as they are', () => {
  const values = [...Array<number>(3_000).fill(1), ...Array<number>(200).fill(0)];
  const late = smoothed(values, 50);
  expect(late[3_049]).toBeCloseTo(Math.exp(-1), 2);
  const measured = Float64Array.of(3, 1, 2);
  expect(smoothBySteps(Float64Array.of(1, 2, 3), measured, 0)).toBe(measured);
});

it('lies between the least and the greatest value so far, for any steps and values', () => {
  const xs = fc.uniqueArray(fc.integer({ min: 1, max: 1e6 }), { minLength: 1, maxLength: 100 });
  const ys = fc.array(fc.double({ noNaN: true, min: -1e3, max: 1e3 }), {
    minLength: 100,
    maxLength: 100,
  });
  const memory = fc.oneof(fc.constant<SmoothingMemory>('automatic'), fc.nat(5_000));
  fc.assert(
    fc.property(xs, ys, memory, (steps, all, any) => {
      const given = Float64Array.from(steps.toSorted((a, b) => a - b));
      const values = Float64Array.from(given, (_, k) => all[k] ?? 0);
      smoothBySteps(given, values, any).forEach((y, k) => {
        const sofar = values.subarray(0, k + 1);
        expect(y).toBeGreaterThanOrEqual(Math.min(...sofar) - 1e-9);
        expect(y).toBeLessThanOrEqual(Math.max(...sofar) + 1e-9);
      });
    }),
  );
});
