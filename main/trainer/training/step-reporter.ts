import { isReportedStep } from '../../../shared/thin.ts';
import { Reporter } from './reporter.ts';
import type { PaceEvent, StepEvent } from '../../../shared/trainer-events.ts';

/** What is reported about a step. */
type ReportedStep = Omit<StepEvent, 'type'> & Omit<PaceEvent, 'type'>;

/**
 * Reports steps. Only a step's number decides whether it is recorded, so that a run has the same curve at any speed; progress and pace are
 * reported by the clock.
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

  /** Reports the newest pace, unless that was done already, because training halts. */
  flush(): void {
    this.#pace.flush();
  }
}
