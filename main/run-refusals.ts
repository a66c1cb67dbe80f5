import { FailureError } from '../shared/ipc.ts';
import type { TrainingPhase } from '../shared/training-phase.ts';
import { weightsInUse } from '../shared/weight-edit.ts';

/** @param folder that the run is saved in */
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

/** Whether the network's weights may change by themselves, or are not there yet. */
export const areWeightsInUse = (phase: TrainingPhase): boolean =>
  phase !== 'idle' && phase !== 'paused';

/** @throws FailureError where they are in use */
export function refuseWeightsInUse(phase: TrainingPhase): void {
  if (!areWeightsInUse(phase)) return;
  throw new FailureError(weightsInUse);
}
