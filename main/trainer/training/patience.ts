import type { RunConfig } from '../../../shared/config.ts';
import type { Score } from '../../../shared/trainer-events.ts';
import type { Wait, Watch } from '../checkpoint/watch-record.ts';

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
