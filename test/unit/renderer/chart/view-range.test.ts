import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  LEAST_STEPS,
  limitedRange,
  pannedRange,
  shownRange,
  wholeRange,
  zoomedRange,
} from '../../../../renderer/chart/view-range.ts';

describe('what is seen of a run', () => {
  it('is all of it, until a person looks closer', () => {
    expect(shownRange(null, true, 791)).toEqual({ from: 0, to: 791 });
    expect(shownRange(null, false, 0)).toEqual({ from: 0, to: 10 });
  });

  it('is not moved by new data, but where the newest is followed: then its width stays', () => {
    const chosen = { from: 100, to: 300 };
    expect(shownRange(chosen, false, 500)).toBe(chosen);
    expect(shownRange(chosen, false, 5_000)).toBe(chosen);
    expect(shownRange(chosen, true, 500)).toEqual({ from: 300, to: 500 });
    expect(shownRange(chosen, true, 5_000)).toEqual({ from: 4_800, to: 5_000 });
  });

  it('stays where it is pointed at in a zoom', () => {
    expect(zoomedRange({ from: 100, to: 300 }, 0.5, 150)).toEqual({ from: 125, to: 225 });
    expect(pannedRange({ from: 100, to: 300 }, 0.25)).toEqual({ from: 150, to: 350 });
  });

  it('stays within the run, no closer than some steps, through any zooms and moves', () => {
    const move = fc.oneof(
      fc.record({ factor: fc.double({ min: 0.01, max: 100, noNaN: true }), at: fc.nat(2_000) }),
      fc.record({ share: fc.double({ min: -3, max: 3, noNaN: true }) }),
    );
    fc.assert(
      fc.property(fc.nat(1_000), fc.array(move, { maxLength: 20 }), (newest, moves) => {
        const whole = wholeRange(newest);
        let steps: ReturnType<typeof limitedRange> = null;
        for (const each of moves) {
          const shown = shownRange(steps, false, newest);
          const moved =
            'factor' in each
              ? zoomedRange(shown, each.factor, each.at)
              : pannedRange(shown, each.share);
          steps = limitedRange(moved, whole);
          if (steps === null) continue;
          expect(steps.from).toBeGreaterThanOrEqual(whole.from - 1e-9);
          expect(steps.to).toBeLessThanOrEqual(whole.to + 1e-9);
          expect(steps.to - steps.from).toBeGreaterThanOrEqual(LEAST_STEPS - 1e-9);
        }
      }),
    );
  });
});
