import type { DoneStep } from '../steps.ts';
import { isReportedStep } from '../../../../shared/thin.ts';
import type { ObservedTraining, TrainingObserver } from './observer.ts';

/** The first times lie so far apart at least, in seconds. */
const LEAST_APART = 0.25;
/** And later ones, as a share of the time so far: an hour has some 180 of them, ten hours 250. */
const SHARE_APART = 1 / 32;
/** Where training halts, it need not be so long. */
const SHARE_AT_HALT = 1 / 128;

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
    const { trainingSeconds } = this.#training.run;
    // A run's first step is told at once: from there on it is known that time is recorded.
    const apart = this.#toldAt === 0 ? 0 : Math.max(LEAST_APART, trainingSeconds * SHARE_APART);
    this.#tell(number, apart);
  }

  onHalt(): void {
    const { cursor, trainingSeconds } = this.#training.run;
    this.#tell(cursor.step, trainingSeconds * SHARE_AT_HALT);
  }

  #tell(step: number, leastApart: number): void {
    const { run, saver } = this.#training;
    const seconds = run.trainingSeconds;
    const apart = seconds - this.#toldAt;
    if (apart <= 0 || apart < leastApart) return;
    this.#toldAt = seconds;
    saver.record({ type: 'clock', epoch: run.cursor.epoch + 1, step, seconds });
  }
}
