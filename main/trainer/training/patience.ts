import type { RunConfig } from '../../../shared/config.ts';
import type { Wait } from '../checkpoint/patience-record.ts';

/**
 * Adds one epoch to how long validation has not improved.
 * @param loss that epoch's validation loss, finite
 * @param minimumGain how far the loss must be below the lowest so far to count as an improvement
 */
export const waitOneEpoch = (
  { reference, epochs }: Wait,
  loss: number,
  minimumGain: number,
): Wait =>
  reference === null || loss < reference - minimumGain
    ? { reference: loss, epochs: 0 }
    : { reference, epochs: epochs + 1 };

/** Whether validation has not improved for as long as early stopping waits. */
export const isOutOfPatience = ({ epochs }: Wait, { training }: RunConfig): boolean =>
  training.earlyStopping !== null && epochs >= training.earlyStopping.patience;
