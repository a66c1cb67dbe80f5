import { formatCount, formatPercent } from '../../shared/format.ts';
import type { CheckpointSummary } from '../../shared/checkpoint-protocol.ts';

/** What the window says of a folder's checkpoints as a tree. */

type Told = Pick<CheckpointSummary, 'branch' | 'step'> & Partial<CheckpointSummary>;

const signWords = { best: 'best', newest: 'newest', pinned: 'pinned' };

/** One mark of the tree: Branch 2, step 1,720, validated 99.26 %, best, newest */
export function markWords(checkpoint: Told, damage: string | null): string {
  const { branch, step, validationAccuracy = null, isBest, isNewest, pinned } = checkpoint;
  return [
    `Branch ${branch}`,
    `step ${formatCount(step)}`,
    ...(damage === null
      ? [
          validationAccuracy === null
            ? 'saved without a validation'
            : `validated ${formatPercent(validationAccuracy, 2)}`,
        ]
      : [`damaged: ${damage}`]),
    ...(isBest ? [signWords.best] : []),
    ...(isNewest ? [signWords.newest] : []),
    ...(pinned ? [signWords.pinned] : []),
  ].join(', ');
}

/** The whole picture in a sentence. */
export function treeSentence(checkpoints: readonly Told[], damaged: number): string {
  const branches = new Set(checkpoints.map(({ branch }) => branch)).size;
  const best = checkpoints.find(({ isBest }) => isBest);
  const newest = checkpoints.find(({ isNewest }) => isNewest);
  const where = ({ branch, step }: Told): string =>
    `step ${formatCount(step)}${branches > 1 ? ` of branch ${branch}` : ''}`;
  const parts = [
    `${formatCount(checkpoints.length)} ${checkpoints.length === 1 ? 'checkpoint' : 'checkpoints'}${branches > 1 ? ` on ${branches} branches` : ''}.`,
    ...(best && typeof best.validationAccuracy === 'number'
      ? [`The best is ${where(best)}: ${formatPercent(best.validationAccuracy, 2)}.`]
      : []),
    ...(newest ? [`Training goes on from ${where(newest)}.`] : []),
    ...(damaged > 0 ? [`${damaged === 1 ? 'One is' : `${damaged} are`} damaged.`] : []),
  ];
  return parts.join(' ');
}
