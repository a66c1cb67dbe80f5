import type { RunConfig } from './config.ts';

/** Enough for an accuracy to within half a per cent, and few enough to be quick. */
const MOST_MEASURED = 5_000;

/**
 * How many training examples are measured after each epoch as validation is: as many as validate, where any do, so that the two
 * compare; none where `training.measureTraining` is off.
 */
export function measuredExamples(
  { training }: Pick<RunConfig, 'training'>,
  { train, validation }: { train: number; validation: number },
): number {
  if (!training.measureTraining) return 0;
  return Math.min(train, validation === 0 ? MOST_MEASURED : validation, MOST_MEASURED);
}
