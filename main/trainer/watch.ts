import * as v from 'valibot';
import type { RunConfig } from '../../shared/config.ts';
import type { Score } from '../../shared/trainer-protocol.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What is remembered of the validations so far. Kept in every checkpoint, so that patience survives a restart. */
export const watchSchema = v.strictObject({
  best: v.nullable(v.strictObject({ step: count, epoch: count, loss: v.number() })),
  /** Epochs since the best, for early stopping. */
  epochsSinceBest: count,
  /** Epochs since the best or since the rate was last lowered. */
  epochsOnPlateau: count,
  /** What the plateaus so far have made of the rate. */
  rateFactor: v.number(),
});
export type Watch = v.InferOutput<typeof watchSchema>;

export const newWatch = (): Watch => ({
  best: null,
  epochsSinceBest: 0,
  epochsOnPlateau: 0,
  rateFactor: 1,
});

/** What an epoch's validation led to. */
export interface Verdict {
  watch: Watch;
  isBest: boolean;
  rateLowered: boolean;
  stopEarly: boolean;
}

/** Better is a lower validation loss, by more than early stopping's minimum gain where that is set. */
export function judge(
  watch: Watch,
  config: RunConfig,
  at: { step: number; epoch: number },
  validation: Score,
): Verdict {
  const { earlyStopping } = config.training;
  const { reduceOnPlateau } = config.optimizer;
  const gain = earlyStopping?.minimumGain ?? 0;
  if (watch.best === null || validation.loss < watch.best.loss - gain) {
    const best = { ...at, loss: validation.loss };
    const fresh = { ...watch, best, epochsSinceBest: 0, epochsOnPlateau: 0 };
    return { watch: fresh, isBest: true, rateLowered: false, stopEarly: false };
  }
  const epochsSinceBest = watch.epochsSinceBest + 1;
  const onPlateau = watch.epochsOnPlateau + 1;
  const rateLowered = reduceOnPlateau !== null && onPlateau >= reduceOnPlateau.patience;
  return {
    watch: {
      best: watch.best,
      epochsSinceBest,
      epochsOnPlateau: rateLowered ? 0 : onPlateau,
      rateFactor: watch.rateFactor * (rateLowered ? reduceOnPlateau.factor : 1),
    },
    isBest: false,
    rateLowered,
    stopEarly: earlyStopping !== null && epochsSinceBest >= earlyStopping.patience,
  };
}
