import { describe, expect, it } from 'vitest';
import type { RunConfig } from '../../../shared/config.ts';
import { seedRun } from '../../../shared/presets.ts';
import { scheduledRate } from '../../../shared/rate-schedule.ts';

type Optimizer = RunConfig['optimizer'];

const RATE = 0.02;
const STEPS_AN_EPOCH = 4;
const TOTAL = 13;

/** The rates of a run of three epochs and a step. */
function rates(schedule: Optimizer['schedule'], warmUpSteps = 0, totalSteps = TOTAL): number[] {
  const optimizer = { ...seedRun().optimizer, learningRate: RATE, schedule, warmUpSteps };
  return Array.from({ length: totalSteps }, (_, step) =>
    scheduledRate(optimizer, {
      step,
      scheduleStep: step,
      stepsPerEpoch: STEPS_AN_EPOCH,
      scheduleSteps: totalSteps,
    }),
  );
}

function expectRates(actual: number[], expected: number[]): void {
  expect(actual).toHaveLength(expected.length);
  for (const [step, rate] of expected.entries())
    expect(actual[step], `step ${step}`).toBeCloseTo(RATE * rate, 12);
}

const each = (rate: (step: number) => number): number[] =>
  Array.from({ length: TOTAL }, (_, step) => rate(step));

describe('the rate', () => {
  it('constant stays', () => {
    expectRates(
      rates({ type: 'constant' }),
      each(() => 1),
    );
  });

  it('step falls by a factor at the end of each so many epochs', () => {
    expectRates(
      rates({ type: 'step', everyEpochs: 1, factor: 0.5 }),
      [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25, 0.125],
    );
    expectRates(
      rates({ type: 'step', everyEpochs: 2, factor: 0.1 }),
      [1, 1, 1, 1, 1, 1, 1, 1, 0.1, 0.1, 0.1, 0.1, 0.1],
    );
  });

  it('exponential falls by a factor an epoch, step by step', () => {
    expectRates(
      rates({ type: 'exponential', factorPerEpoch: 0.5 }),
      each((step) => 0.5 ** (step / 4)),
    );
  });

  it('cosine goes from one to the floor: the middle lies between, a third has a quarter of the way behind it', () => {
    const made = rates({ type: 'cosine', floor: 0.2 });
    expectRates(
      [made[0]!, made[4]!, made[6]!, made[8]!, made[12]!],
      [1, 0.2 + 0.75 * 0.8, 0.6, 0.2 + 0.25 * 0.8, 0.2],
    );
  });

  it('one-cycle rises from a 25th to its peak, and falls to a 10,000th of that', () => {
    const made = rates({ type: 'one-cycle', peakAt: 0.25 });
    expectRates([made[0]!, made[3]!, made[12]!], [1 / 25, 1, 1 / 25 / 1e4]);
    for (let step = 1; step < TOTAL; step++)
      expect(Math.sign(made[step]! - made[step - 1]!), `step ${step}`).toBe(step <= 3 ? 1 : -1);
  });

  it('warm-up rises evenly to it, whatever it is', () => {
    expectRates(
      rates({ type: 'exponential', factorPerEpoch: 0.5 }, 5),
      each((step) => 0.5 ** (step / 4) * Math.min(1, (step + 1) / 5)),
    );
  });

  it('of a run of one step is the one it starts with', () => {
    expectRates(rates({ type: 'cosine', floor: 0 }, 0, 1), [1]);
    expectRates(rates({ type: 'one-cycle', peakAt: 0.5 }, 0, 1), [1 / 25]);
  });
});
