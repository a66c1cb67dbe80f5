import { isReportedStep } from '../../../shared/thin.ts';
import { Reporter } from './reporter.ts';
import type { PaceEvent, StepEvent } from '../../../shared/trainer-events.ts';

/** What is told of a step. */
type ReportedStep = Omit<StepEvent, 'type'> & Omit<PaceEvent, 'type'>;

/**
 * Tells of steps. Which of them are recorded is decided by their numbers alone, so that a run has the same curve however fast it
 * is; how far and how fast it goes is told by the clock.
 */
export class StepReporter {
  readonly #record: (event: StepEvent) => void;
  readonly #pace: Reporter<PaceEvent>;

  /** @param now in milliseconds */
  constructor(
    record: (event: StepEvent) => void,
    emit: (event: PaceEvent) => void,
    now?: () => number,
  ) {
    this.#record = record;
    this.#pace = new Reporter(emit, now);
  }

  add(reported: ReportedStep): void {
    const { epoch, step, loss, accuracy, learningRate, examplesPerSecond, secondsLeft } = reported;
    if (isReportedStep(step))
      this.#record({ type: 'step', epoch, step, loss, accuracy, learningRate });
    this.#pace.add({ type: 'pace', epoch, step, loss, examplesPerSecond, secondsLeft });
  }

  /** Tells how far it is, unless that is known: it is going to stand still. */
  flush(): void {
    this.#pace.flush();
  }
}
