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

/** @throws FailureError where the network's weights may change, or are not there yet */
export function refuseWeightsInUse(phase: TrainingPhase): void {
  if (phase === 'idle' || phase === 'paused') return;
  throw new FailureError(weightsInUse);
}
