import { FailureError } from '../../../shared/ipc.ts';
import type { Checkpoint } from '../checkpoint/reading.ts';
import { NoTemporaryFolderError } from '../files/temporary-folder.ts';

/** A failure that lies in what was asked for: nothing has been started. */
export class Refusal extends FailureError {}

/** Does what comes before a start; any failure that is known for one there is a refusal. */
export async function refuseOnFailure<T>(task: () => T | Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    if (!(error instanceof FailureError) || error instanceof NoTemporaryFolderError) throw error;
    throw new Refusal(error.failure, { cause: error });
  }
}

/** A fresh start alone takes weights. */
export const notFreshFailure = ({ prefix }: Checkpoint): FailureError =>
  new FailureError({
    what: 'Weights of another run cannot be taken: this folder’s run goes on with its own.',
    where: prefix,
    remedy: 'Choose an empty checkpoint folder for a run that takes them, or do not ask for them.',
  });

/** A new run would begin beside one that is whole. */
export const otherVersionFailure = (folder: string, names: readonly string[]): FailureError =>
  new FailureError({
    what: `This folder’s run was written by another version of Firstlayer: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ' …' : ''}. This version cannot read it.`,
    where: folder,
    remedy: 'Go on with that version, or choose another folder for a new run. Nothing was changed.',
  });

/** Weights are set by hand in what a run has learned. */
export const nothingEditedFailure = (folder: string): FailureError =>
  new FailureError({
    what: 'There is no checkpoint in whose weights some could be set by hand.',
    where: folder,
    remedy: 'Train a run first, and pause it or let it end.',
  });
