import type { StepEvent } from '../../../../shared/trainer-protocol.ts';
import type { Progress } from '../progress.ts';
import { Reporter } from '../reporter.ts';
import type { DoneStep } from '../steps.ts';
import { workLeft } from '../work-left.ts';
import type { ObservedTraining, TrainingObserver } from './observer.ts';

/** Tells and records how steps went; the reporter decides of which of them. */
export class StepEvents implements TrainingObserver {
  readonly #training: ObservedTraining;
  readonly #progress: Progress;
  #reporter: Reporter<StepEvent>;

  constructor(training: ObservedTraining, progress: Progress) {
    this.#training = training;
    this.#progress = progress;
    this.#reporter = this.#newReporter();
  }

  /** Its first step is told at once. */
  onEpochBegin(): void {
    this.#reporter = this.#newReporter();
  }

  onStep({ number, batch, learningRate, outcome }: DoneStep): void {
    const { run } = this.#training;
    this.#reporter.add({
      type: 'step',
      epoch: run.cursor.epoch + 1,
      step: number,
      loss: outcome.loss,
      accuracy: outcome.correct / batch.size,
      learningRate,
      examplesPerSecond: this.#progress.examplesPerSecond,
      secondsLeft: this.#progress.secondsLeft(workLeft(run)),
    });
  }

  onHalt(): void {
    this.#reporter.flush();
  }

  #newReporter(): Reporter<StepEvent> {
    return new Reporter((event) => {
      this.#training.saver.record(event);
    });
  }
}
