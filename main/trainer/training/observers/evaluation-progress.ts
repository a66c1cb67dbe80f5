import type { EvaluatedPart } from '../evaluated-part.ts';
import type { Progress } from '../progress.ts';
import { Reporter } from '../reporter.ts';
import type { TrainingContext } from '../training-context.ts';
import { workLeft } from '../../../../shared/work-left.ts';
import type { EvaluatedBatch, TrainingObserver } from './observer.ts';
import type { ProgressEvent } from '../../../../shared/trainer-events.ts';

/** Reports the progress of one evaluation. It is told of a batch after `ProgressObserver`, which measures the batch. */
export class EvaluationProgress implements TrainingObserver {
  readonly #run: TrainingContext['run'];
  readonly #part: EvaluatedPart;
  readonly #total: number;
  readonly #progress: Progress;
  readonly #reporter: Reporter<ProgressEvent>;
  /** Examples evaluated so far. */
  #done = 0;

  /** @param total examples of the part */
  constructor(
    { run, emit }: Pick<TrainingContext, 'run' | 'emit'>,
    part: EvaluatedPart,
    total: number,
    progress: Progress,
  ) {
    this.#run = run;
    this.#part = part;
    this.#total = total;
    this.#progress = progress;
    this.#reporter = new Reporter<ProgressEvent>(emit);
  }

  onEvaluatedBatch({ examples }: EvaluatedBatch): void {
    this.#done += examples;
    this.#reporter.add(this.#event());
  }

  onHalt(): void {
    this.#reporter.flush();
  }

  #event(): ProgressEvent {
    const { cursor, dataset } = this.#run;
    const left = workLeft(this.#run);
    const isTest = this.#part === 'test';
    // What is measured of training comes after the epoch's validation.
    const before = this.#part === 'training' ? dataset.validation.count : 0;
    return {
      type: 'progress',
      phase: 'evaluating',
      detail: this.#part,
      epoch: isTest ? cursor.epoch : cursor.epoch + 1,
      step: cursor.step,
      done: this.#done,
      total: this.#total,
      secondsLeft: this.#progress.secondsLeft({
        ...left,
        evaluated: left.evaluated - before - this.#done,
        // All is saved before the test.
        writes: isTest ? 0 : left.writes,
      }),
    };
  }
}
