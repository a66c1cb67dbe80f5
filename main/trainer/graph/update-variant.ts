import { FED_NUMBERS } from './fed-numbers.ts';

/**
 * The two kinds of a step's update. Weight decay may change during a run, but costs another pass over the weights even where it is zero. So
 * both kinds are written, and the one that is needed is run.
 */
export type UpdateVariant = 'withoutWeightDecay' | 'withWeightDecay';

/** The variant for a step with this weight decay. */
export const updateVariantFor = (weightDecay: number): UpdateVariant =>
  weightDecay > 0 ? 'withWeightDecay' : 'withoutWeightDecay';

const WEIGHT_DECAY = FED_NUMBERS.indexOf('weightDecay');
/** @param numbers of a step, in the order of `FED_NUMBERS` */
export const variantOf = (numbers: Float32Array): UpdateVariant =>
  updateVariantFor(numbers[WEIGHT_DECAY] ?? 0);
