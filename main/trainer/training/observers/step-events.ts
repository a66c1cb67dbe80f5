import type { Progress } from '../progress.ts';
import { StepReporter } from '../step-reporter.ts';
import type { DoneStep } from '../steps.ts';
import { workLeft } from '../../../../shared/work-left.ts';
import type { TrainingContext } from '../training-context.ts';
import type { TrainingObserver } from './observer.ts';

/** The run, and where its steps are recorded and reported. */
type StepListener = Pick<TrainingContext, 'run' | 'saver' | 'emit'>;

/** Reports and records how steps went; the reporter decides which ones. */
export class StepEvents implements TrainingObserver {
  readonly #training: StepListener;
  readonly #progress: Progress;
  #reporter: StepReporter;

  constructor(training: StepListener, progress: Progress) {
    this.#training = training;
    this.#progress = progress;
    this.#reporter = this.#newReporter();
  }

  /** With a new reporter, the first step of an epoch is reported at once. */
  onEpochBegin(): void {
    this.#reporter = this.#newReporter();
  }

  onStep({ number, batch, learningRate, outcome }: DoneStep): void {
    const { run } = this.#training;
    this.#reporter.add({
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

  #newReporter(): StepReporter {
    const { saver, emit } = this.#training;
    return new StepReporter((event) => {
      saver.record(event);
    }, emit);
  }
}
