import type { FailureNotice } from '../shared/training-state.ts';
import type { Failure } from '../shared/ipc.ts';

/** The text of a failure and the action of its button, in one place so that they agree. */

/** A failure that the trainer reports: its remedy refers to the form and to buttons that are always there. */
export const failureNotice = ({ what, where, remedy }: Failure): FailureNotice => ({
  what,
  where,
  remedy,
  action: null,
});

/** How the trainer's process ended, and the state of the run then. */
export interface CrashScene {
  cause: string;
  /** May be empty. */
  lastWords: string;
  /** Whether a run was under way. */
  isBusy: boolean;
  /** The last step that was reported; null if none was. */
  step: number | null;
  /** The step that is saved in the folder; null if none is. */
  resumesAt: number | null;
  /** Whether the checkpoint folder exists. */
  isFolderThere: boolean;
}

export function crashNotice(scene: CrashScene): FailureNotice {
  const { cause, lastWords, step } = scene;
  const at = step === null ? '' : `, at step ${step}`;
  return {
    what: `The trainer stopped unexpectedly (${cause}). The app itself goes on.`,
    where: `the trainer process${at}${lastWords === '' ? '' : `: ${lastWords}`}`,
    ...wayOn(scene),
  };
}

function wayOn({
  isBusy,
  resumesAt,
  isFolderThere,
}: CrashScene): Pick<FailureNotice, 'remedy' | 'action'> {
  const first = isFolderThere
    ? ''
    : 'The checkpoint folder is not there any more: connect the disk it is on, or choose another folder. ';
  if (!isBusy)
    return {
      remedy: `${first}No run was under way. Open the folder again.`,
      action: { label: 'Open the folder again', does: 'open' },
    };
  if (resumesAt === null)
    return {
      remedy: `${first}Start again; there is no checkpoint in this folder yet.`,
      action: { label: 'Start again', does: 'start' },
    };
  return {
    remedy: `${first}Go on from the last checkpoint: step ${resumesAt}.`,
    action: { label: 'Go on from the last checkpoint', does: 'start' },
  };
}
