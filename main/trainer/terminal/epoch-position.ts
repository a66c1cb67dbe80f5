import type { TrainerEventOf } from '../../../shared/trainer-events.ts';

/**
 * Finds a run's place in its epoch from its events, in steps of its present batch size, which may not be that with which the epoch began.
 */
export class EpochPosition {
  /** The step at which the epoch began, or would have begun with the present batch size; null if that cannot be told. */
  #begin: number | null = null;

  start({ restoredFrom, totalSteps, stepsPerEpoch, config }: TrainerEventOf<'started'>): void {
    const { epochs, maxSteps } = config.training;
    if (!restoredFrom) this.#begin = 0;
    // The limit hides how many steps the epochs would need.
    else if (maxSteps !== null && totalSteps >= maxSteps) this.#begin = null;
    else this.#begin = totalSteps - (epochs - restoredFrom.epoch) * stepsPerEpoch;
  }

  /** @param step the last step of the epoch */
  end(step: number): void {
    this.#begin = step;
  }

  /** Steps of the epoch up to and including `step`. */
  at(step: number): number | null {
    return this.#begin === null ? null : step - this.#begin;
  }
}
