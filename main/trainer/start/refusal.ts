import { FailureError } from '../../../shared/ipc.ts';
import type { Checkpoint } from '../checkpoint/reading.ts';
import { NoTemporaryFolderError } from '../files/temporary-folder.ts';

/** A failure caused by what was asked for; nothing has been started. */
export class Refusal extends FailureError {}

/** Runs a task that precedes a start; any FailureError in it becomes a refusal, except for a missing temporary folder. */
export async function refuseOnFailure<T>(task: () => T | Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    if (!(error instanceof FailureError) || error instanceof NoTemporaryFolderError) throw error;
    throw new Refusal(error.failure, { cause: error });
  }
}

/** Only a fresh run can take weights. */
export const notFreshFailure = ({ prefix }: Checkpoint): FailureError =>
  new FailureError({
    what: 'Weights of another run cannot be taken: this folder’s run goes on with its own.',
    where: prefix,
    remedy: 'Choose an empty checkpoint folder for a run that takes them, or do not ask for them.',
  });

/** A new run must not begin beside a complete one that this version cannot read. */
export const otherVersionFailure = (folder: string, names: readonly string[]): FailureError =>
  new FailureError({
    what: `This folder’s run was written by another version of Firstlayer: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ' …' : ''}. This version cannot read it.`,
    where: folder,
    remedy: 'Go on with that version, or choose another folder for a new run. Nothing was changed.',
  });

/** Weights can be set by hand only in a checkpoint. */
export const nothingEditedFailure = (folder: string): FailureError =>
  new FailureError({
    what: 'There is no checkpoint in whose weights some could be set by hand.',
    where: folder,
    remedy: 'Train a run first, and pause it or let it end.',
  });
