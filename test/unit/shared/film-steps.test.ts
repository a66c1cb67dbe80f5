import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  framesKept,
  isFrameStep,
  shareFrame,
  stepsUntilFrame,
} from '../../../shared/film-steps.ts';

const LONG_RUN = 360_000;
const [SEED, ALEX_NET] = [3 * 3 * 1 * 32, 11 * 11 * 3 * 96];

function frameSteps(weights: number, last: number): number[] {
  const kept = framesKept(weights);
  const steps = [];
  for (let at = 0; at <= last; at += stepsUntilFrame(at, kept)) steps.push(at);
  return steps;
}

describe('the steps of a film', () => {
  it.each([
    ['the seed network', SEED, 1_000, 2_500],
    ['kernels of 11×11×3×96', ALEX_NET, 20, 150],
    ['one weight', 1, 1_000, 2_500],
  ])('of a long run of %s are enough to see it, and few', (_, weights, least, most) => {
    const { length } = frameSteps(weights, LONG_RUN);
    expect(length).toBeGreaterThan(least);
    expect(length).toBeLessThan(most);
    // A line is base64; a checkpoint may have a frame beside each.
    expect(2 * length * ((weights * 16) / 3 + 150)).toBeLessThan(17 * 2 ** 20);
  });

  it('of the seed network are a tenth of a second apart in the first minute, and never a hundredth of the run so far', () => {
    const steps = frameSteps(SEED, LONG_RUN);
    for (const [k, at] of steps.slice(1).entries())
      expect(at - steps[k]!).toBeLessThanOrEqual(Math.max(8, at / 100));
  });

  it('are told by the number of the step alone: those ahead are those that are kept', () => {
    fc.assert(
      fc.property(fc.nat(10 * LONG_RUN), fc.integer({ min: 1, max: 90_000 }), (step, weights) => {
        const kept = framesKept(weights);
        const next = step + stepsUntilFrame(step, kept);
        expect(next).toBeGreaterThan(step);
        expect(isFrameStep(next, kept)).toBe(true);
        expect(shareFrame(step + 1, next, kept)).toBe(true);
        if (isFrameStep(step, kept)) expect(shareFrame(step, step + 1, kept)).toBe(false);
      }),
    );
  });

  it('are none where a frame is too large for a line', () => {
    const kept = framesKept(500_000);
    expect([kept, isFrameStep(0, kept), stepsUntilFrame(7, kept)]).toEqual([0, false, Infinity]);
  });
});
