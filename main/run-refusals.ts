import { FailureError } from '../shared/ipc.ts';
import type { TrainingPhase } from '../shared/training-phase.ts';
import { weightsInUse } from '../shared/weight-edit.ts';

/**
 * @param where the folder that the run is saved in
 * @throws FailureError while there is a run, or a checkpoint is proven
 */
export function refuseWhileUnderWay(isBusy: boolean, isProving: boolean, where: string): void {
  if (isBusy)
    throw new FailureError({
      what: 'A run is under way.',
      where,
      remedy: 'Stop it first; it is saved.',
    });
  if (isProving)
    throw new FailureError({
      what: 'A checkpoint is being proven, beside nothing else.',
      where,
      remedy:
        'Wait for its end, or stop it: in the place Runs, or with the Stop button at the top.',
    });
}

export const nothingToChangeFailure = (): FailureError =>
  new FailureError({
    what: 'No run is under way whose numbers could be changed.',
    where: 'change',
    remedy: 'Start it first.',
  });

/** Whether the network's weights are changed by training, or not there yet. */
export const areWeightsInUse = (phase: TrainingPhase): boolean =>
  phase !== 'idle' && phase !== 'paused';

/** @throws FailureError if they are in use */
export function refuseWeightsInUse(phase: TrainingPhase): void {
  if (!areWeightsInUse(phase)) return;
  throw new FailureError(weightsInUse);
}
