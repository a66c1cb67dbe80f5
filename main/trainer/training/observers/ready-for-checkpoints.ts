import type { ObservedTraining, TrainingObserver } from './observer.ts';

/**
 * Makes those parts of the graph ready that a checkpoint needs, for which TensorFlow takes longer than for a step: after a run's first step,
 * which a person waits for, and before the time that a checkpoint takes is measured.
 */
export class ReadyForCheckpoints implements TrainingObserver {
  readonly #training: ObservedTraining;
  #isReady = false;

  constructor(training: ObservedTraining) {
    this.#training = training;
  }

  onStep(): void {
    if (this.#isReady) return;
    this.#isReady = true;
    const { session } = this.#training.run;
    session.notFinite();
    session.snapshot();
  }
}
