import type { FailureNotice } from '../shared/training-state.ts';
import type { Failure } from '../shared/ipc.ts';

/** What is told of a failure and what the button beside it does, from one place, so that the two agree. */

/** What the trainer tells itself: its remedy speaks of the form and of the buttons that are always there. */
export const failureNotice = ({ what, where, remedy }: Failure): FailureNotice => ({
  what,
  where,
  remedy,
  action: null,
});

/** How the trainer's process ended, and how things stood then. */
export interface CrashScene {
  cause: string;
  /** May be empty. */
  lastWords: string;
  /** A run was under way. */
  isBusy: boolean;
  /** The last one told; null: none was. */
  step: number | null;
  /** The step that is saved in the folder; null: nothing is. */
  resumesAt: number | null;
  /** The checkpoint folder can be found. */
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
