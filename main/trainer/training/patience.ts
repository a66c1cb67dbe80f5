import type { RunConfig } from '../../../shared/config.ts';
import type { Wait } from '../checkpoint/patience-record.ts';

/**
 * How long validation has stood still, one epoch later.
 * @param loss of that epoch's validation, finite
 * @param minimumGain by which it must be lower than the lowest so far, to count as an improvement
 */
export const waitOneEpoch = (
  { reference, epochs }: Wait,
  loss: number,
  minimumGain: number,
): Wait =>
  reference === null || loss < reference - minimumGain
    ? { reference: loss, epochs: 0 }
    : { reference, epochs: epochs + 1 };

/** Whether early stopping has waited for as long as it may. */
export const isOutOfPatience = ({ epochs }: Wait, { training }: RunConfig): boolean =>
  training.earlyStopping !== null && epochs >= training.earlyStopping.patience;
