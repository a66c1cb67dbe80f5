import { isOutOfPatience, waitOneEpoch } from '../patience.ts';
import type { ObservedTraining, TrainingObserver, ValidatedEpoch } from './observer.ts';

/**
 * Remembers the best validation, and counts the epochs without a validation better by `training.earlyStopping.minimumGain`. After
 * `training.earlyStopping.patience` such epochs, the run is complete: `Run.isComplete`.
 */
export class EarlyStopping implements TrainingObserver {
  readonly #training: ObservedTraining;

  constructor(training: ObservedTraining) {
    this.#training = training;
  }

  onEpoch({ epoch, step, validation: { loss } }: ValidatedEpoch): void {
    const { run, saver } = this.#training;
    const { earlyStopping } = run.config.training;
    const before = run.patience;
    const best =
      before.best === null || loss < before.best.loss ? { step, epoch, loss } : before.best;
    const stopping = waitOneEpoch(before.stopping, loss, earlyStopping?.minimumGain ?? 0);
    run.patience = { ...before, best, stopping };
    if (isOutOfPatience(stopping, run.config))
      saver.record({ type: 'stopped-early', step, epoch, best });
  }
}
