/**
 * Two variants of a step's update: weight decay may be fed while a run runs, but costs going over the weights once more even where
 * it is zero. So both are written, and the one that is needed is run.
 */
export type UpdateVariant = 'withoutWeightDecay' | 'withWeightDecay';

/** The variant for a step with this weight decay. */
export const updateVariantFor = (weightDecay: number): UpdateVariant =>
  weightDecay > 0 ? 'withWeightDecay' : 'withoutWeightDecay';
