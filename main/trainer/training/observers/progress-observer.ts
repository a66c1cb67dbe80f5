import type { Progress } from '../progress.ts';
import type { DoneStep } from '../steps.ts';
import type { EvaluatedBatch, TrainingObserver } from './observer.ts';

/** Measures how long steps and evaluations take, for the estimate of the time left. */
export class ProgressObserver implements TrainingObserver {
  readonly #progress: Progress;

  constructor(progress: Progress) {
    this.#progress = progress;
  }

  onStep({ batch, seconds }: DoneStep): void {
    this.#progress.addTraining(batch.size, seconds);
  }

  onEvaluatedBatch({ examples, seconds }: EvaluatedBatch): void {
    this.#progress.addEvaluation(examples, seconds);
  }
}
