import type { TrainerEventOf } from '../../../shared/trainer-events.ts';

/**
 * Where in its epoch a run is, in steps of its present batch size, from what its events tell: the epoch may have been begun with
 * another.
 */
export class EpochPosition {
  /** The step at which the present epoch began, or would have, had its batches been of this size; null: it cannot be told. */
  #begin: number | null = null;

  start({ restoredFrom, totalSteps, stepsPerEpoch, config }: TrainerEventOf<'started'>): void {
    const { epochs, maxSteps } = config.training;
    if (!restoredFrom) this.#begin = 0;
    // How many steps the epochs would need is hidden behind the limit.
    else if (maxSteps !== null && totalSteps >= maxSteps) this.#begin = null;
    else this.#begin = totalSteps - (epochs - restoredFrom.epoch) * stepsPerEpoch;
  }

  /** @param step the epoch's last */
  end(step: number): void {
    this.#begin = step;
  }

  /** Steps of the epoch, `step` included. */
  at(step: number): number | null {
    return this.#begin === null ? null : step - this.#begin;
  }
}
