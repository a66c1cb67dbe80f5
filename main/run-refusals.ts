import { FailureError } from '../shared/ipc.ts';

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
