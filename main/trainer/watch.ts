import * as v from 'valibot';
import type { RunConfig } from '../../shared/config.ts';
import type { Score } from '../../shared/trainer-protocol.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** How long validation has stood still. */
const waitSchema = v.strictObject({
  /** The loss to be undercut by the gain that is asked for; null: none has been measured. */
  reference: v.nullable(v.number()),
  /** Epochs since that was last done. */
  epochs: count,
});
type Wait = v.InferOutput<typeof waitSchema>;

/** What is remembered of the validations so far. Kept in every checkpoint, so that patience survives a restart. */
export const watchSchema = v.strictObject({
  /** The lowest loss, by however little. */
  best: v.nullable(v.strictObject({ step: count, epoch: count, loss: v.number() })),
  /** For early stopping. */
  stopping: waitSchema,
  /** For `reduceOnPlateau`, which also starts it anew when it lowers the rate. */
  plateau: waitSchema,
  /** What the plateaus so far have made of the rate. */
  rateFactor: v.number(),
});
export type Watch = v.InferOutput<typeof watchSchema>;

const newWait: Wait = { reference: null, epochs: 0 };
export const newWatch = (): Watch => ({
  best: null,
  stopping: newWait,
  plateau: newWait,
  rateFactor: 1,
});

/** What an epoch's validation led to. */
export interface Judgement {
  watch: Watch;
  rateLowered: boolean;
  stopEarly: boolean;
}

const waited = ({ reference, epochs }: Wait, loss: number, gain: number): Wait =>
  reference === null || loss < reference - gain
    ? { reference: loss, epochs: 0 }
    : { reference, epochs: epochs + 1 };

/** @param validation whose loss is finite */
export function judge(
  watch: Watch,
  config: RunConfig,
  at: { step: number; epoch: number },
  { loss }: Score,
): Judgement {
  const { earlyStopping } = config.training;
  const { reduceOnPlateau } = config.optimizer;
  const isBest = watch.best === null || loss < watch.best.loss;
  const stopping = waited(watch.stopping, loss, earlyStopping?.minimumGain ?? 0);
  const plateau = waited(watch.plateau, loss, reduceOnPlateau?.minimumGain ?? 0);
  const rateLowered = reduceOnPlateau !== null && plateau.epochs >= reduceOnPlateau.patience;
  return {
    watch: {
      best: isBest ? { ...at, loss } : watch.best,
      stopping,
      plateau: rateLowered ? { ...plateau, epochs: 0 } : plateau,
      rateFactor: watch.rateFactor * (rateLowered ? reduceOnPlateau.factor : 1),
    },
    rateLowered,
    stopEarly: isOutOfPatience(stopping, config),
  };
}

/** Whether early stopping has waited for as long as it may. */
export const isOutOfPatience = ({ epochs }: Wait, { training }: RunConfig): boolean =>
  training.earlyStopping !== null && epochs >= training.earlyStopping.patience;
