import {
  whoseText,
  type CheckpointSummary,
  type Unrecorded,
  type Verdict,
} from '../../shared/checkpoint-protocol.ts';
import { formatBytes, formatCount } from '../../shared/format.ts';
import { printable } from '../../shared/shown.ts';

/** What the window says of checkpoints. */

/** How many there are, and how much room they take: 11 checkpoints · 182 MB; empty of none. */
export const totalText = (checkpoints: readonly { bytes: number }[]): string =>
  checkpoints.length === 0
    ? ''
    : [
        `${formatCount(checkpoints.length)} ${checkpoints.length === 1 ? 'checkpoint' : 'checkpoints'}`,
        formatBytes(checkpoints.reduce((sum, { bytes }) => sum + bytes, 0)),
      ].join(' · ');

/** Later branches first, and in each the newest first: a branch stands together, whichever the run goes on from. */
export const inBranchOrder = <C extends { branch: number; step: number }>(
  checkpoints: readonly C[],
): C[] => [...checkpoints].sort((a, b) => b.branch - a.branch || b.step - a.step);

const soundWords = { whole: 'whole' };

/** What a check has found: in a word, and the damage. */
export const verdictText = ({ damage }: Pick<Verdict, 'damage'>): string =>
  damage === null ? soundWords.whole : `damaged: ${damage}`;

/** All that is known of one without a record: model.ckpt-7: step 7, 16 MB, Firstlayer’s own; damaged: … */
export function unrecordedWords({ name, whose, step, bytes, damage }: Unrecorded): string {
  const facts = [
    ...(step === null ? [] : [`step ${formatCount(step)}`]),
    formatBytes(bytes),
    whoseText[whose],
  ];
  return `${printable(name)}: ${facts.join(', ')}${damage === null ? '' : `; ${verdictText({ damage })}`}`;
}

const markWords = { newest: 'newest', best: 'best' };

/** A checkpoint in a list to choose from: 1,290, branch 2, newest, best */
export const checkpointChoice = ({
  step,
  branch,
  isNewest,
  isBest,
}: Pick<CheckpointSummary, 'step' | 'branch' | 'isNewest' | 'isBest'>): string =>
  [
    formatCount(step),
    ...(branch > 1 ? [`branch ${branch}`] : []),
    ...(isNewest ? [markWords.newest] : []),
    ...(isBest ? [markWords.best] : []),
  ].join(', ');

/** A checkpoint as a sentence or a button's name calls it. */
export const checkpointName = (
  { step, branch }: { step: number; branch: number },
  hasBranches: boolean,
): string => `step ${formatCount(step)}${hasBranches ? ` of branch ${branch}` : ''}`;
