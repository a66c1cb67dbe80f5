import { waitOneEpoch } from '../patience.ts';
import type { ObservedTraining, TrainingObserver, ValidatedEpoch } from './observer.ts';

/**
 * Lowers the learning rate when validation has not improved for `optimizer.reduceOnPlateau.patience` epochs, like Keras's
 * ReduceLROnPlateau.
 */
export class ReduceOnPlateau implements TrainingObserver {
  readonly #training: ObservedTraining;

  constructor(training: ObservedTraining) {
    this.#training = training;
  }

  onEpoch({ epoch, step, validation }: ValidatedEpoch): void {
    const { run, saver } = this.#training;
    const { reduceOnPlateau } = run.config.optimizer;
    const plateau = waitOneEpoch(
      run.patience.plateau,
      validation.loss,
      reduceOnPlateau?.minimumGain ?? 0,
    );
    if (reduceOnPlateau === null || plateau.epochs < reduceOnPlateau.patience) {
      run.patience = { ...run.patience, plateau };
      return;
    }
    run.patience = {
      ...run.patience,
      plateau: { ...plateau, epochs: 0 },
      rateFactor: run.patience.rateFactor * reduceOnPlateau.factor,
    };
    const { learningRate } = run;
    const { rateFactor } = run.patience;
    saver.record({ type: 'rate-lowered', step, epoch, learningRate, rateFactor });
  }
}
