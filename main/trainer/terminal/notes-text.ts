import type { CheckpointAnswer } from '../../../shared/checkpoint-protocol.ts';
import { formatCount } from '../../../shared/format.ts';
import { printable } from '../../../shared/shown.ts';
import { failureText } from './exit.ts';
import { textTable } from './text-table.ts';

/** A run's notes as a person reads them in a terminal: branch by branch, in the order of their steps. */
export function notesText({
  notes,
  problem,
}: Extract<CheckpointAnswer, { type: 'notes' }>): string {
  if (problem) return failureText(problem);
  if (notes.length === 0) return 'There are no notes on this run.';
  const rows = [...notes]
    .sort((a, b) => a.branch - b.branch || a.step - b.step || a.id - b.id)
    .map(({ branch, step, text }) => [String(branch), formatCount(step), printable(text)]);
  return textTable(['branch', 'step', 'note'], rows).join('\n');
}
