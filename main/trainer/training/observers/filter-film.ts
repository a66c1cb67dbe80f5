import type { DoneStep } from '../steps.ts';
import type { ObservedTraining, TrainingObserver } from './observer.ts';

/** Films the first layer's filters, where the number of a step says so. `StepsAtOnceChooser` sees to it that the network stands at that step. */
export class FilterFilm implements TrainingObserver {
  readonly #training: ObservedTraining;

  constructor(training: ObservedTraining) {
    this.#training = training;
  }

  onStep({ number }: DoneStep): void {
    this.#training.saver.camera.takeStep(number);
  }
}
