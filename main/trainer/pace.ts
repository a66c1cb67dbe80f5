import type { Training } from './between-steps.ts';
import type { Run } from './run.ts';

/**
 * Steps in one run of the graph: on two cores four take some 4 % less time than one at a time; more gain nothing, and hold up longer
 * what waits for their end. To make that graph ready takes half a second or more, which must pay.
 */
export const stepsAtOnce = (stepsLeft: number): number => (stepsLeft >= 500 ? 4 : 1);

/** A pause or a question waits for the steps that are done at once: they may take no longer than this together. */
const MOST_SECONDS_AT_ONCE = 0.2;

/** How many steps are done before the loop looks up: several, or one. Which of them changes no number. */
export class Pace {
  #leastSecondsAStep = Infinity;

  /** Notes how long `steps` steps took. The quickest counts: the first one makes the graph ready. */
  add(steps: number, seconds: number): void {
    this.#leastSecondsAStep = Math.min(this.#leastSecondsAStep, seconds / steps);
  }

  next({ run, control, saver }: Training): number {
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

/** Zero where the next step is to be diagnosed, which is done by itself. */
export function stepsUntilDiagnosis({ config, cursor }: Run): number {
  const { diagnosticsEvery } = config.training;
  if (diagnosticsEvery === 0) return Infinity;
  return (diagnosticsEvery - (cursor.step % diagnosticsEvery)) % diagnosticsEvery;
}
