import { changedConfig, rateFactorAfter } from '../../../../shared/live-change.ts';
import type { Run } from '../run.ts';
import type { Replayed } from './recorded-way.ts';

/** Makes what changed a run while it trained once more, each at its step. */
export class Replay {
  readonly #left: Replayed[];

  constructor(events: readonly Replayed[]) {
    this.#left = [...events];
  }

  /** Steps until something changes: they may be done at once. Infinity: nothing does any more. */
  stepsUntilNext(step: number): number {
    const [next] = this.#left;
    return next ? next.step - step : Infinity;
  }

  /** Makes all that is due before the run's next step. */
  applyDue(run: Run): void {
    for (let next = this.#left[0]; next && next.step <= run.cursor.step; next = this.#left[0]) {
      this.#left.shift();
      applyEvent(run, next);
    }
  }
}

function applyEvent(run: Run, event: Replayed): void {
  const { rateFactor } = run.patience;
  switch (event.type) {
    case 'changed':
      run.config = changedConfig(run.config, event.change);
      run.patience = { ...run.patience, rateFactor: rateFactorAfter(event.change, rateFactor) };
      return;
    case 'rate-lowered': {
      // What earlier versions did not record follows from the settings; at the beginning of a stretch it is in the checkpoint.
      const lowered = rateFactor * (run.config.optimizer.reduceOnPlateau?.factor ?? 1);
      const isDone = event.step === (run.restoredFrom?.step ?? 0);
      const factor = event.rateFactor ?? (isDone ? rateFactor : lowered);
      run.patience = { ...run.patience, rateFactor: factor };
      return;
    }
    case 'weights-edited':
      run.session.kernels.set(event.edits);
      run.session.kernels.keep();
  }
}
