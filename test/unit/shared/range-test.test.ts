import fc from 'fast-check';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { describe, expect, it } from 'vitest';
import {
  DivergenceWatch,
  rateAtStep,
  rowsOfTried,
  smoothTried,
  suggestRate,
} from '../../../shared/range-test.ts';
import {
  usualRateRange,
  type RangeTestCurve,
  type RateRange,
} from '../../../shared/range-test-protocol.ts';

/** Curves that are honestly made: stochastic gradient descent in a bowl, whose greatest stable rate is 2 / curvature. */

interface Bowl {
  curvature: number;
  /** How much a batch's loss differs from the next one's, as a share. */
  noise: number;
  seed: number;
}

/** Directions from a tenth of the curvature to all of it. */
const BENDS = Array.from({ length: 20 }, (_, k) => 0.1 + (0.9 * k) / 19);
/** What no rate goes below. */
const FLOOR = 0.2;
/** Of a batch's gradient, beside that of the bowl. */
const STRAY = 0.1;

/** Losses, each before its step. */
function* lossesOf({ curvature, noise, seed }: Bowl, rates: Iterable<number>): Generator<number> {
  const random = xoroshiro128plus(seed);
  const chance = (): number => uniformFloat64(random) - 0.5;
  const weights = BENDS.map(() => 1);
  for (const rate of rates) {
    const bowl = weights.reduce((sum, w, k) => sum + BENDS[k]! * w * w, FLOOR);
    yield bowl * (1 + noise * chance());
    weights.forEach((w, k) => {
      weights[k] = w - rate * curvature * (BENDS[k]! * w + STRAY * chance());
    });
  }
}

function testRange(bowl: Bowl, range: RateRange = usualRateRange): RangeTestCurve {
  const watch = new DivergenceWatch();
  const tried: RangeTestCurve['tried'] = [];
  const rates = Array.from({ length: range.steps }, (_, k) => rateAtStep(range, k + 1));
  for (const loss of lossesOf(bowl, rates)) {
    tried.push({ step: tried.length + 1, rate: rates[tried.length]!, loss });
    if (watch.hasDiverged(loss)) return { tried, ended: 'diverged' };
  }
  return { tried, ended: 'complete' };
}

const flat = (losses: (step: number) => number, ended: RangeTestCurve['ended'] = 'complete') => ({
  tried: Array.from({ length: 300 }, (_, k) => ({
    step: k + 1,
    rate: rateAtStep(usualRateRange, k + 1),
    loss: losses(k),
  })),
  ended,
});

const seed = fc.integer({ min: 1, max: 1e6 });
const noise = fc.double({ min: 0, max: 0.2, noNaN: true });

describe('the rates', () => {
  it('rise by the same factor at each step, from the first to the last', () => {
    const rates = Array.from({ length: 300 }, (_, k) => rateAtStep(usualRateRange, k + 1));
    expect(rates[0]).toBe(1e-7);
    expect(rates.at(-1)).toBe(10);
    const factor = 1e8 ** (1 / 299);
    for (let k = 1; k < 300; k++) expect(rates[k]! / rates[k - 1]!).toBeCloseTo(factor, 9);
  });
});

describe('a suggestion', () => {
  it('lies below the greatest stable rate, and high enough to learn in a hundred steps', () => {
    const curvatures = fc.double({ min: -1, max: 3, noNaN: true }).map((power) => 10 ** power);
    fc.assert(
      fc.property(curvatures, noise, seed, (curvature, share, from) => {
        const { rate, why } = suggestRate(testRange({ curvature, noise: share, seed: from }));
        expect(rate, why).not.toBeNull();
        expect(rate!).toBeLessThan(2 / curvature);
        const exact = { curvature, noise: 0, seed: from };
        const losses = [...lossesOf(exact, Array<number>(100).fill(rate!))];
        expect((losses.at(-1)! - FLOOR) / (losses[0]! - FLOOR)).toBeLessThan(0.5);
      }),
      { numRuns: 300 },
    );
  });

  // A single test's suggestion is spread by its batches; of 300 medians of 25 none was below 9 or above 11.
  it('of a bowl ten times as steep is a tenth', () => {
    fc.assert(
      fc.property(fc.array(seed, { minLength: 25, maxLength: 25 }), (seeds) => {
        const ratios = seeds.map((from) => {
          const [gentle, steep] = [1, 10].map(
            (curvature) => suggestRate(testRange({ curvature, noise: 0, seed: from })).rate!,
          );
          return gentle! / steep!;
        });
        const median = ratios.sort((one, other) => one - other)[12]!;
        expect(median).toBeGreaterThan(8);
        expect(median).toBeLessThan(12.5);
      }),
      { numRuns: 20 },
    );
  });

  it('is not moved by the unit of the loss', () => {
    const { tried, ended } = testRange({ curvature: 5, noise: 0.1, seed: 7 });
    const scaled = tried.map((point) => ({ ...point, loss: point.loss * 1000 }));
    expect(suggestRate({ tried: scaled, ended })).toEqual(suggestRate({ tried, ended }));
  });

  it('says where the loss falls fastest and where it is least', () => {
    const { rate, why } = suggestRate(testRange({ curvature: 1, noise: 0.05, seed: 3 }));
    expect(why).toMatch(/^The loss falls fastest at [\d.]+, and is least at [\d.]+[.:]/);
    expect(rate).not.toBeNull();
  });

  it('of a loss that still falls at the last rate is where it falls fastest', () => {
    const result = testRange(
      { curvature: 0.05, noise: 0.02, seed: 1 },
      { ...usualRateRange, most: 3 },
    );
    const { rate, why } = suggestRate(result);
    expect(why).toContain('still falling at the end');
    expect(rate).toBeLessThan(3);
  });
});

describe('no rate is suggested', () => {
  it('where the losses only differ from batch to batch, as those of a network that has learned do', () => {
    fc.assert(
      fc.property(seed, (from) => {
        const random = xoroshiro128plus(from);
        const result = flat((k) => (0.2 + 0.2 * uniformFloat64(random)) * (k > 220 ? k - 219 : 1));
        const { rate, why } = suggestRate(result);
        expect(rate).toBeNull();
        expect(why).toContain('hardly fell');
      }),
      { numRuns: 500 },
    );
  });

  it('where the loss has fallen by some thousandths, however little batches differ', () => {
    expect(suggestRate(flat((k) => 2.303 - 0.005 / (1 + Math.exp(160 - k)))).rate).toBeNull();
  });

  it('of a few steps, which says whether they were stopped or the first rate was too high', () => {
    const few = flat(() => 1).tried.slice(0, 5);
    expect(suggestRate({ tried: few, ended: 'stopped' }).why).toMatch(/^Only 5 steps/);
    expect(suggestRate({ tried: few, ended: 'diverged' }).why).toContain('begin with a lower rate');
    expect(suggestRate({ tried: [], ended: 'stopped' }).rate).toBeNull();
  });
});

describe('it ends early', () => {
  it('when the smoothed loss has become four times its least, or is no number', () => {
    const watch = new DivergenceWatch();
    const hasDiverged = [2, 1, 1, 1, 1, 1, 30].map((loss) => watch.hasDiverged(loss));
    expect(hasDiverged).toEqual([false, false, false, false, false, false, true]);
    expect(new DivergenceWatch().hasDiverged(NaN)).toBe(true);
    expect(new DivergenceWatch().hasDiverged(Infinity)).toBe(true);
  });

  it('but not for one batch whose loss is four times that of the others', () => {
    const watch = new DivergenceWatch();
    const losses = [...Array<number>(20).fill(0.05), 0.2, ...Array<number>(5).fill(0.05)];
    expect(losses.some((loss) => watch.hasDiverged(loss))).toBe(false);
  });
});

it('the smoothed loss is the same constant where the loss is one, and does not change as more come', () => {
  const { tried } = testRange({ curvature: 2, noise: 0.2, seed: 9 });
  expect(smoothTried(tried).slice(0, 50)).toEqual(smoothTried(tried.slice(0, 50)));
  for (const { loss } of smoothTried(flat(() => 0.7).tried)) expect(loss).toBeCloseTo(0.7, 12);
});

it('a table has the first step, the last, and two to a decade between', () => {
  const { tried } = flat(() => 1);
  const rows = rowsOfTried(tried);
  expect(rows[0]).toBe(tried[0]);
  expect(rows.at(-1)).toBe(tried.at(-1));
  expect(rows).toHaveLength(17);
  expect(rowsOfTried([])).toEqual([]);
});
