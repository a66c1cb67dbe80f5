import type { RunConfig } from './config.ts';

/** Where in the run a step is. */
export interface StepPosition {
  /** Steps done before it. */
  step: number;
  stepsPerEpoch: number;
  /** Steps of the whole run. */
  totalSteps: number;
}

/** One-cycle starts at a 25th of the peak and ends at a 10,000th of that start, as in PyTorch's OneCycleLR. */
const CYCLE_START = 1 / 25;
const CYCLE_END = CYCLE_START / 1e4;

/** From `a` to `b` along half a cosine, `share` from 0 to 1. */
const anneal = (a: number, b: number, share: number): number =>
  b + ((a - b) * (1 + Math.cos(Math.PI * share))) / 2;

/**
 * The learning rate of a step: the configured rate, times the schedule, times a linear warm-up over the first steps.
 * Cosine: Loshchilov & Hutter 2017, without restarts. One-cycle: Smith & Topin 2018.
 */
export function scheduledRate(optimizer: RunConfig['optimizer'], at: StepPosition): number {
  const { learningRate, warmUpSteps } = optimizer;
  const warmUp = warmUpSteps === 0 ? 1 : Math.min(1, (at.step + 1) / warmUpSteps);
  return learningRate * scheduleFactor(optimizer.schedule, at) * warmUp;
}

function scheduleFactor(schedule: RunConfig['optimizer']['schedule'], at: StepPosition): number {
  const share = at.totalSteps <= 1 ? 0 : Math.min(at.step / (at.totalSteps - 1), 1);
  switch (schedule.type) {
    case 'constant':
      return 1;
    case 'step':
      return schedule.factor ** Math.floor(at.step / at.stepsPerEpoch / schedule.everyEpochs);
    case 'exponential':
      return schedule.factorPerEpoch ** (at.step / at.stepsPerEpoch);
    case 'cosine':
      return anneal(1, schedule.floor, share);
    case 'one-cycle':
      return share < schedule.peakAt
        ? anneal(CYCLE_START, 1, share / schedule.peakAt)
        : anneal(1, CYCLE_END, (share - schedule.peakAt) / (1 - schedule.peakAt));
  }
}
