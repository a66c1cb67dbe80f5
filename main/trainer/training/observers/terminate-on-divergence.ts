import { throwIfGradientsDiverged, type DivergingRun } from '../divergence.ts';
import type { DoneStep } from '../steps.ts';
import type { TrainingObserver } from './observer.ts';

/** Ends training after a step with a gradient that is not finite. */
export class TerminateOnDivergence implements TrainingObserver {
  readonly #training: DivergingRun;

  constructor(training: DivergingRun) {
    this.#training = training;
  }

  /** @throws DivergedError */
  onStep(step: DoneStep): void {
    throwIfGradientsDiverged(this.#training, step);
  }
}
