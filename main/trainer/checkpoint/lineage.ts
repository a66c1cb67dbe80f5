import type { CheckpointId } from './names.ts';
import type { Branch } from '../../../shared/branch.ts';

/** What is known of a checkpoint without reading its tensors. */
export interface Entry extends CheckpointId {
  /** Epochs done. */
  epoch: number;
  /** Saved at an epoch's end, not within it. */
  atEpochEnd: boolean;
  pinned: boolean;
  lineage: Branch;
  /** Mean loss over the validation examples; null: not measured at this step. */
  validationLoss: number | null;
  bytes: number;
}

/** True where `id` lies on the way that led to `branch` as it is now. */
export const isAncestor = (id: CheckpointId, branch: Branch): boolean =>
  id.branch === branch.number ||
  branch.forks.some((fork) => fork.branch === id.branch && id.step <= fork.step);

/** Below nought where `a` comes after `b`. */
export const compareByAge = (a: CheckpointId, b: CheckpointId): number =>
  b.branch - a.branch || b.step - a.step;

/**
 * In the order in which a run looks for one to go on from: the newest branch and what it came from, step by step back; then the
 * branches that were left. By step, never by time: clocks are set back.
 */
export function newestFirst(entries: readonly Entry[]): Entry[] {
  const [newest, ...others] = [...entries].sort(compareByAge);
  if (!newest) return [];
  const isOnTheWay = (entry: Entry): boolean => isAncestor(entry, newest.lineage);
  return [
    newest,
    ...others.filter(isOnTheWay).sort((a, b) => b.step - a.step || b.branch - a.branch),
    ...others.filter((entry) => !isOnTheWay(entry)),
  ];
}

/**
 * The branch on which training goes on from `from`: its own where nothing in the folder comes after it, else a new one.
 * @param from null: afresh
 * @param taken every name in the folder that a checkpoint could have, whoever gave it
 */
export function branchFrom(
  from: Pick<Entry, 'branch' | 'step' | 'lineage'> | null,
  taken: readonly CheckpointId[],
): Branch {
  const isBehind = (id: CheckpointId): boolean => from !== null && compareByAge(id, from) >= 0;
  if (from && taken.every(isBehind)) return from.lineage;
  return {
    number: Math.max(0, ...taken.map(({ branch }) => branch)) + 1,
    forks: from ? [...from.lineage.forks, { branch: from.branch, step: from.step }] : [],
  };
}
