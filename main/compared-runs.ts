import type { CheckpointAnswer } from '../shared/checkpoint-protocol.ts';
import type { ComparedRun } from '../shared/compared-runs.ts';
import { FailureError } from '../shared/ipc.ts';
import type { CheckpointFolder } from './checkpoint-folder.ts';
import type { TrainerHost } from './trainer-host.ts';

/**
 * Looks into the present folder or one that was used before; the trainer reads it, on a thread of its own.
 * @throws FailureError for any other folder: a page does not choose where is read
 */
export async function answerComparedRun(
  folder: CheckpointFolder,
  host: Pick<TrainerHost, 'checkpoints'>,
  { folder: path, request }: ComparedRun,
): Promise<CheckpointAnswer> {
  if (path !== folder.path && !folder.describe().recent.includes(path))
    throw new FailureError({
      what: 'This folder is not among the recent ones.',
      where: path,
      remedy: 'Open it once with “Choose folder…”; then it can be compared with.',
    });
  return host.checkpoints(path, request);
}
