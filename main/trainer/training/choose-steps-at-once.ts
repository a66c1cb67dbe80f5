import type { TrainingObserver } from './observers/observer.ts';
import type { Run } from './run.ts';
import { stepsUntilDiagnosis, type DoneStep } from './steps.ts';
import type { TrainingContext } from './training-context.ts';

/**
 * A pause or a question has to wait for the steps that are run at once, so together they may take no longer than this by the quickest of
 * them: most take a little longer, and the window asks five times a second how the network answers a drawing.
 */
const MOST_SECONDS_AT_ONCE = 0.16;

/** Chooses whether the loop runs several steps at once or one. The choice changes no result. */
export class StepsAtOnceChooser implements TrainingObserver {
  readonly #training: TrainingContext;
  /** Time of the quickest step, since the first one also makes the graph ready. */
  #leastSecondsAStep = Infinity;

  constructor(training: TrainingContext) {
    this.#training = training;
  }

  onStep({ seconds }: DoneStep): void {
    this.#leastSecondsAStep = Math.min(this.#leastSecondsAStep, seconds);
  }

  nextCount(): number {
    const { run, control, saver } = this.#training;
    if (control.isAsked) return 1;
    const room = Math.min(
      run.totalSteps - run.cursor.step,
      saver.stepsUntilDue,
      saver.camera.stepsUntilFrame,
      stepsUntilDiagnosis(run),
    );
    return countStepsAtOnce(run, this.#leastSecondsAStep, room);
  }
}

/**
 * Several steps, where they are quick and of the same epoch, or else one.
 * @param secondsAStep time of the quickest step so far
 * @param room steps after which something else is due
 */
export function countStepsAtOnce(run: Run, secondsAStep: number, room: number): number {
  const { config, cursor, dataset, session } = run;
  const several = session.stepsAtOnce(config.optimizer.weightDecay);
  if (secondsAStep * several > MOST_SECONDS_AT_ONCE) return 1;
  const ofEpoch = Math.floor((dataset.train.count - cursor.position) / config.data.batchSize);
  return Math.min(room, ofEpoch) >= several ? several : 1;
}
