import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addThinned, isReportedStep, STEPS_KEPT, thinBySteps } from '../../../shared/thin.ts';

const byItself = (step: number): number => step;

/** Steps in their order, some of them close together, as a run that was reported by the clock has them. */
const anySteps = fc
  .uniqueArray(fc.oneof(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 5e5, max: 500_400 })), {
    maxLength: 200,
  })
  .map((steps) => steps.toSorted((a, b) => a - b));

describe('thinning', () => {
  it('twice is thinning once', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const once = thinBySteps(steps, byItself);
        expect(thinBySteps(once, byItself)).toEqual(once);
      }),
    );
  });

  it('piece by piece, as they come, is thinning the whole', () => {
    fc.assert(
      fc.property(anySteps, fc.array(fc.nat(200)), (steps, cuts) => {
        let kept: number[] = [];
        const ends = [...cuts, steps.length].toSorted((a, b) => a - b);
        ends.forEach((end, k) => {
          for (const step of steps.slice(ends[k - 1] ?? 0, end)) addThinned(kept, step, byItself);
          // A reload.
          kept = thinBySteps(kept, byItself);
        });
        expect(kept).toEqual(thinBySteps(steps, byItself));
      }),
    );
  });

  it('keeps the newest, some of the given in their order, and none of them alone for long', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const kept = thinBySteps(steps, byItself);
        expect(kept.at(-1)).toBe(steps.at(-1));
        expect(kept).toEqual(steps.filter((step) => kept.includes(step)));
        // Where one was dropped, a later one is kept that is near by.
        for (const step of steps)
          expect(kept.find((other) => other >= step)! - step).toBeLessThanOrEqual(
            (2 * step) / STEPS_KEPT + 1,
          );
      }),
    );
  });

  it('takes nothing from what is reported, which is every step at first', () => {
    const reported = Array.from({ length: 400_000 }, (_, k) => k + 1).filter(isReportedStep);
    expect(thinBySteps(reported, byItself)).toEqual(reported);
    expect(reported.slice(0, STEPS_KEPT)).toEqual(
      Array.from({ length: STEPS_KEPT }, (_, k) => k + 1),
    );
    expect(reported.length).toBeLessThan(18_000);
    expect(reported.filter((step) => step > 200_000).length).toBeGreaterThan(2_000);
  });
});
