import type { Progress } from '../progress.ts';
import { Reporter } from '../reporter.ts';
import type { TrainingContext } from '../training-context.ts';
import { workLeft } from '../../../../shared/work-left.ts';
import type { EvaluatedBatch, TrainingObserver } from './observer.ts';
import type { ProgressEvent } from '../../../../shared/trainer-events.ts';

/** Reports the progress of one evaluation. It is told of a batch after `ProgressObserver`, which measures the batch. */
export class EvaluationProgress implements TrainingObserver {
  readonly #run: TrainingContext['run'];
  readonly #part: 'validation' | 'test';
  readonly #progress: Progress;
  readonly #reporter: Reporter<ProgressEvent>;
  /** Examples evaluated so far. */
  #done = 0;

  constructor(
    { run, emit }: Pick<TrainingContext, 'run' | 'emit'>,
    part: 'validation' | 'test',
    progress: Progress,
  ) {
    this.#run = run;
    this.#part = part;
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
    return {
      type: 'progress',
      phase: 'evaluating',
      detail: this.#part,
      epoch: isTest ? cursor.epoch : cursor.epoch + 1,
      step: cursor.step,
      done: this.#done,
      total: dataset[this.#part].count,
      secondsLeft: this.#progress.secondsLeft({
        ...left,
        evaluated: left.evaluated - this.#done,
        // Everything is saved before the test.
        writes: isTest ? 0 : left.writes,
      }),
    };
  }
}
