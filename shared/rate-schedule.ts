import type { RunConfig } from './config.ts';

/** A step's position in the run. */
export interface StepPosition {
  /** Steps done before, which the warm-up counts. */
  step: number;
  /** The same for the schedule: all counted in steps of the present batch size, even those that were done with another. */
  scheduleStep: number;
  stepsPerEpoch: number;
  /** Steps of the whole run, counted like `scheduleStep`. */
  scheduleSteps: number;
}

/** One-cycle starts at a 25th of the peak and ends at a 10,000th of that start, as in PyTorch's OneCycleLR. */
const CYCLE_START = 1 / 25;
const CYCLE_END = CYCLE_START / 1e4;

/** Anneals from `a` to `b` along half a cosine; `share` goes from 0 to 1. */
const annealRate = (a: number, b: number, share: number): number =>
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
  const { scheduleStep: step, stepsPerEpoch, scheduleSteps: total } = at;
  const share = total <= 1 ? 0 : Math.min(step / (total - 1), 1);
  switch (schedule.type) {
    case 'constant':
      return 1;
    case 'step':
      return schedule.factor ** Math.floor(step / stepsPerEpoch / schedule.everyEpochs);
    case 'exponential':
      return schedule.factorPerEpoch ** (step / stepsPerEpoch);
    case 'cosine':
      return annealRate(1, schedule.floor, share);
    case 'one-cycle':
      return share < schedule.peakAt
        ? annealRate(CYCLE_START, 1, share / schedule.peakAt)
        : annealRate(1, CYCLE_END, (share - schedule.peakAt) / (1 - schedule.peakAt));
  }
}
