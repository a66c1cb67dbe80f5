import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RELIABILITY_BINS, reliabilityOf } from '../../../shared/reliability.ts';

const answers = fc.array(
  fc.record({ right: fc.boolean(), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  { minLength: 1, maxLength: 60 },
);
const of = (list: { right: boolean; share: number }[]) =>
  reliabilityOf(
    list.map(({ right }) => right),
    list.map(({ share }) => share),
  )!;

describe('the expected calibration error', () => {
  it('is a share, and no less than how far all answers together are off', () => {
    fc.assert(
      fc.property(answers, (list) => {
        const { expectedError, accuracy, confidence } = of(list);
        expect(expectedError).toBeGreaterThanOrEqual(Math.abs(accuracy - confidence) - 1e-12);
        expect(expectedError).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is the mean of the bins’ differences, by their numbers of answers', () => {
    fc.assert(
      fc.property(answers, (list) => {
        const { bins, expectedError } = of(list);
        expect(bins).toHaveLength(RELIABILITY_BINS);
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(list.length);
        const mean = bins.reduce(
          (sum, { count, accuracy, confidence }) =>
            sum + (count / list.length) * Math.abs((accuracy ?? 0) - (confidence ?? 0)),
          0,
        );
        expect(expectedError).toBeCloseTo(mean, 12);
        for (const { from, to, confidence } of bins)
          if (confidence !== null) {
            expect(confidence).toBeGreaterThanOrEqual(from - 1e-12);
            expect(confidence).toBeLessThanOrEqual(to + 1e-12);
          }
      }),
    );
  });

  it('does not depend on the order of the answers', () => {
    fc.assert(
      fc.property(answers, (list) => {
        expect(of(list.toReversed()).expectedError).toBeCloseTo(of(list).expectedError, 12);
      }),
    );
  });

  it('is 0 where each bin is right as often as it says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), (n) => {
        const list = Array.from({ length: n }, (_, k) => ({ right: k > 0, share: (n - 1) / n }));
        expect(of(list).expectedError).toBeCloseTo(0, 12);
      }),
    );
  });

  it('has the upper end in a bin and the lower one not, as the paper has it', () => {
    const { bins } = of([
      { right: true, share: 0 },
      { right: true, share: 1 / 15 },
      { right: true, share: 1 / 15 + 1e-9 },
      { right: true, share: 1 },
    ]);
    expect(bins.map(({ count }) => count)).toEqual([2, 1, ...Array<number>(12).fill(0), 1]);
  });

  it('is not there where nothing was answered', () => {
    expect(reliabilityOf([], [])).toBeNull();
  });
});
