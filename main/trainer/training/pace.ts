import { stepsUntilDiagnosis } from './layer-diagnostics.ts';
import type { TrainingContext } from './training-context.ts';

/** A pause or a question waits for the steps that are done at once: they may take no longer than this together. */
const MOST_SECONDS_AT_ONCE = 0.2;

/** How many steps are done before the loop looks up: several, or one. Which of them changes no number. */
export class Pace {
  #leastSecondsAStep = Infinity;

  /** Notes how long `steps` steps took. The quickest counts: the first one makes the graph ready. */
  add(steps: number, seconds: number): void {
    this.#leastSecondsAStep = Math.min(this.#leastSecondsAStep, seconds / steps);
  }

  next({ run, control, saver }: TrainingContext): number {
    const { config, cursor, dataset, session } = run;
    const several = session.stepsAtOnce(config.optimizer.weightDecay);
    const isQuick = this.#leastSecondsAStep * several <= MOST_SECONDS_AT_ONCE;
    if (!isQuick || control.isAsked) return 1;
    const room = Math.min(
      Math.floor((dataset.train.count - cursor.position) / config.data.batchSize),
      run.totalSteps - cursor.step,
      saver.stepsUntilDue,
      stepsUntilDiagnosis(run),
    );
    return room >= several ? several : 1;
  }
}
