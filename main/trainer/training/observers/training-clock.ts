import type { DoneStep } from '../steps.ts';
import { isReportedStep } from '../../../../shared/thin.ts';
import type { ObservedTraining, TrainingObserver } from './observer.ts';

/** The first times lie so far apart at least, in seconds. */
const LEAST_APART = 0.25;
/** And later ones, as a share of the time so far: an hour has some 180 of them, ten hours 250. */
const SHARE_APART = 1 / 32;

/**
 * Records what a run's time was after some of the steps that curves have, so that they can be drawn over it. When that is depends
 * on the machine; the steps, and so the curves, do not.
 */
export class TrainingClock implements TrainingObserver {
  readonly #training: ObservedTraining;
  #toldAt: number;

  constructor(training: ObservedTraining) {
    this.#training = training;
    this.#toldAt = training.run.trainingSeconds;
  }

  onStep({ number }: DoneStep): void {
    if (!isReportedStep(number)) return;
    const { run, saver } = this.#training;
    const seconds = run.trainingSeconds;
    if (seconds - this.#toldAt < Math.max(LEAST_APART, seconds * SHARE_APART)) return;
    this.#toldAt = seconds;
    saver.record({ type: 'clock', epoch: run.cursor.epoch + 1, step: number, seconds });
  }
}
