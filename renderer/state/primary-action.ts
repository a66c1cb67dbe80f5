import { formatCount } from '../../shared/format.ts';
import { startOrPauseDoes } from '../../shared/commands.ts';
import type { Folder } from '../../shared/contract.ts';
import type { TrainingPhase } from '../../shared/training-phase.ts';

/** What the one button does now. */
export interface PrimaryAction {
  label: string;
  does: ReturnType<typeof startOrPauseDoes>;
  /** Why it does nothing, or what it is going to go on from; may be empty. */
  reason: string;
}

interface Situation {
  phase: TrainingPhase;
  /** Pause was pressed; the trainer has not stood still yet. */
  pausing: boolean;
  checkpoint: Folder['checkpoint'];
  /** The step that a start would go on from: the checkpoint's, or a later one; null: nothing is saved. */
  resumesAt: number | null;
  found: Folder['found'];
  /** Labels of the fields that hold no allowed value. */
  invalid: readonly string[];
  /** Asked for; 0 while that is no number. */
  epochs: number;
  /** Weights that are set by hand. */
  edits: number;
  isProving: boolean;
}

const waiting: Partial<Record<TrainingPhase, string>> = {
  opening: 'Opening…',
  preparing: 'Starting…',
  stopping: 'Stopping…',
};

export function primaryAction(situation: Situation): PrimaryAction {
  const { phase, pausing, invalid, isProving } = situation;
  const isFormValid = invalid.length === 0;
  return {
    ...primaryWords(situation),
    does: startOrPauseDoes({ phase, isPausing: pausing, isFormValid, isProving }),
  };
}

type Words = Pick<PrimaryAction, 'label' | 'reason'>;

function primaryWords(situation: Situation): Words {
  const { phase, pausing, edits, isProving } = situation;
  if (isProving)
    return {
      label: startWords(situation).label,
      reason: 'A checkpoint is being proven, beside nothing else.',
    };
  switch (phase) {
    case 'idle':
    case 'crashed':
      return startWords(situation);
    case 'paused':
      return { label: 'Resume', reason: edits > 0 ? editedReason(edits) : '' };
    case 'training':
    case 'saving':
    case 'evaluating':
      return { label: pausing ? 'Pausing…' : 'Pause', reason: '' };
    default:
      return { label: waiting[phase] ?? 'Start', reason: '' };
  }
}

const editedReason = (edits: number): string =>
  `Goes on from ${edits === 1 ? 'a weight' : `${formatCount(edits)} weights`} set by hand: a branch begins.`;

function startWords({ checkpoint, resumesAt, found, invalid, epochs, edits }: Situation): Words {
  const done = checkpoint?.epoch ?? 0;
  const complete = checkpoint !== null && epochs > 0 && done >= epochs;
  const label = resumesAt === null ? 'Start' : `Resume from epoch ${complete ? done : done + 1}`;
  if (invalid.length > 0) return { label, reason: `Correct first: ${invalid.join(', ')}.` };
  if (found)
    return { label, reason: 'Something else lies in this folder: see “Checkpoint folder”.' };
  if (edits > 0 && resumesAt !== null) return { label, reason: editedReason(edits) };
  if (complete)
    return {
      label,
      reason: `All ${epochs} epochs are done. Raise the number of epochs to train further.`,
    };
  if (resumesAt === null) return { label, reason: '' };
  return {
    label,
    reason: `Goes on from this folder’s checkpoint at step ${formatCount(resumesAt)}.`,
  };
}
