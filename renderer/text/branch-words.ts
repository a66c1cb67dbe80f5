import { withinSentence } from '../../shared/language.ts';
import type { CheckpointSummary } from '../../shared/checkpoint-protocol.ts';
import type { RunDifference } from '../../shared/run-differences.ts';
import { inBranchOrder } from './checkpoint-words.ts';

/** What the window says of branches: runs that go back to a checkpoint that is not the newest. */

export type EarlierCheckpoint = Pick<CheckpointSummary, 'name' | 'step' | 'branch'>;

/**
 * Those that can be gone back to, a branch together and in each the newest first.
 * @param checkpoints that the folder holds; null: it is not known yet
 * @param newest the one that a start would go on from
 */
export const earlierCheckpoints = (
  checkpoints: readonly EarlierCheckpoint[] | null,
  newest: string,
): EarlierCheckpoint[] | null =>
  checkpoints && inBranchOrder(checkpoints.filter(({ name }) => name !== newest));

interface BranchSituation {
  differences: readonly Pick<RunDifference, 'effect' | 'label' | 'reason'>[];
  /** Something in the form is not allowed. */
  invalid: boolean;
  /** Null: it is not known yet. */
  earlier: readonly EarlierCheckpoint[] | null;
}

/** Why no branch can begin with the form's set-up, in sentences; null: one can. */
export function branchRefusal({ differences, invalid, earlier }: BranchSituation): string | null {
  const hindering = differences.filter(({ effect }) => effect === 'hinders');
  const [first] = hindering;
  if (first) {
    const more = hindering.length - 1;
    const others = more === 0 ? '' : ` So ${more === 1 ? 'does another' : `do ${more} others`}.`;
    return `${first.label} hinders: ${lowerFirst(first.reason)}${others} A branch goes on from the same run: take the checkpoint’s set-up, or begin in a new folder.`;
  }
  if (invalid) return 'Correct first what the form says is wrong.';
  if (earlier === null) return 'Looking into the folder…';
  if (earlier.length === 0)
    return 'The folder holds no earlier checkpoint: Start goes on from this one.';
  return null;
}

const lowerFirst = (text: string): string => withinSentence(text.slice(0, 1)) + text.slice(1);
