import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RunConfig } from '../../../shared/config.ts';
import { seedRun } from '../../../shared/presets.ts';
import { rateCurve, ratesByEpoch, type RateCurve } from '../../../shared/rate-curve.ts';
import { scheduledRate } from '../../../shared/rate-schedule.ts';

type Optimizer = RunConfig['optimizer'];

const schedules = fc.oneof(
  fc.constant<Optimizer['schedule']>({ type: 'constant' }),
  fc.record({
    type: fc.constant('step' as const),
    everyEpochs: fc.integer({ min: 1, max: 5 }),
    factor: fc.constantFrom(0.1, 0.5, 0.9),
  }),
  fc.record({ type: fc.constant('exponential' as const), factorPerEpoch: fc.constantFrom(0.5, 1) }),
  fc.record({ type: fc.constant('cosine' as const), floor: fc.constantFrom(0, 0.1) }),
  fc.record({ type: fc.constant('one-cycle' as const), peakAt: fc.constantFrom(0.1, 0.3, 0.77) }),
);

const runs = fc.record({
  schedule: schedules,
  warmUpSteps: fc.constantFrom(0, 1, 7, 100, 5000),
  epochs: fc.integer({ min: 1, max: 30 }),
  maxSteps: fc.option(fc.integer({ min: 1, max: 4000 })),
  stepsPerEpoch: fc.integer({ min: 1, max: 500 }),
});

function configOf(
  schedule: Optimizer['schedule'],
  warmUpSteps: number,
  epochs: number,
  maxSteps: number | null,
): RunConfig {
  const run = seedRun();
  return {
    ...run,
    optimizer: { ...run.optimizer, learningRate: 0.02, schedule, warmUpSteps },
    training: { ...run.training, epochs, maxSteps },
  };
}

/** As it is drawn, at each step: straight between two points. */
function drawnRates({ points }: RateCurve): number[] {
  return points.flatMap((b, k) => {
    const a = points[k - 1];
    if (!a) return [b.rate];
    const steps = b.step - a.step;
    return Array.from({ length: steps }, (_, n) => a.rate + ((b.rate - a.rate) * (n + 1)) / steps);
  });
}

it('what is drawn is the rate of every step, whatever the schedule, warm-up and length', () => {
  fc.assert(
    fc.property(runs, ({ schedule, warmUpSteps, epochs, maxSteps, stepsPerEpoch }) => {
      const config = configOf(schedule, warmUpSteps, epochs, maxSteps);
      const curve = rateCurve(config, stepsPerEpoch);
      const total = Math.min(epochs * stepsPerEpoch, maxSteps ?? Infinity);
      expect(curve.totalSteps).toBe(total);
      expect(curve.points[0]!.step).toBe(1);
      expect(curve.points.at(-1)!.step).toBe(total);
      const drawn = drawnRates(curve);
      expect(drawn).toHaveLength(total);
      let [highest, furthest] = [0, 0];
      for (let step = 1; step <= total; step++) {
        const position = { step: step - 1, scheduleStep: step - 1, stepsPerEpoch };
        const rate = scheduledRate(config.optimizer, { ...position, scheduleSteps: total });
        highest = Math.max(highest, rate);
        furthest = Math.max(furthest, Math.abs(drawn[step - 1]! - rate));
      }
      // A hundredth of the greatest is a pixel of the picture.
      expect(furthest).toBeLessThan(0.02 / 100);
      expect(curve.peak.rate).toBeCloseTo(highest, 6);
    }),
    { numRuns: 150 },
  );
});

it('a table tells each epoch’s first rate, and at most forty of them', () => {
  const config = configOf({ type: 'step', everyEpochs: 1, factor: 0.5 }, 0, 3, null);
  expect(ratesByEpoch(config, rateCurve(config, 430))).toEqual([
    { epoch: 1, step: 1, rate: 0.02 },
    { epoch: 2, step: 431, rate: 0.01 },
    { epoch: 3, step: 861, rate: 0.005 },
  ]);
  const long = configOf({ type: 'constant' }, 0, 1000, null);
  const rows = ratesByEpoch(long, rateCurve(long, 10));
  expect(rows).toHaveLength(40);
  expect(rows.map(({ epoch }) => epoch).slice(0, 3)).toEqual([1, 26, 51]);
});
