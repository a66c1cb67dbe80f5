import { FailureError } from '../shared/ipc.ts';
import type { TrainingPhase } from '../shared/training-phase.ts';
import { weightsInUse } from '../shared/weight-edit.ts';

/** @param folder in which the run is saved */
export const runUnderWayFailure = (folder: string): FailureError =>
  new FailureError({
    what: 'A run is under way.',
    where: folder,
    remedy: 'Stop it first; it is saved.',
  });

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
