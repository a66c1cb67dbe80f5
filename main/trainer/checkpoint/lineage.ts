import type { CheckpointId } from './names.ts';
import type { Branch } from '../../../shared/branch.ts';

/** What is known about a checkpoint without reading its tensors. */
export interface Entry extends CheckpointId {
  /** Epochs done. */
  epoch: number;
  /** Saved at an epoch's end, not within it. */
  atEpochEnd: boolean;
  pinned: boolean;
  lineage: Branch;
  /** Mean loss over the validation examples; null if it was not measured at this step. */
  validationLoss: number | null;
  /** Their share that was told right; null likewise. */
  validationAccuracy: number | null;
  bytes: number;
}

/** Whether `id` is part of `branch`'s history: on the branch itself, or on an ancestor before the fork. */
export const isAncestor = (id: CheckpointId, branch: Branch): boolean =>
  id.branch === branch.number ||
  branch.forks.some((fork) => fork.branch === id.branch && id.step <= fork.step);

/** Sorts newest first: negative if `a` is newer than `b`. */
export const compareByAge = (a: CheckpointId, b: CheckpointId): number =>
  b.branch - a.branch || b.step - a.step;

/**
 * Sorts entries in the order in which a run looks for one to resume from: first the newest branch and its ancestors, step by step
 * back; then the branches that were left. Time plays no part, because clocks can be set back.
 */
export function newestFirst(entries: readonly Entry[]): Entry[] {
  const [newest, ...others] = [...entries].sort(compareByAge);
  return newest ? [newest, ...onTheWayFirst(others, newest.lineage)] : [];
}

/**
 * Those that lead to the newest, step by step back, before all others.
 * @param others sorted by age
 * @param lineage of the newest
 */
export function onTheWayFirst<Id extends CheckpointId>(
  others: readonly Id[],
  lineage: Branch,
): Id[] {
  const isOnTheWay = (id: Id): boolean => isAncestor(id, lineage);
  return [
    ...others.filter(isOnTheWay).sort((a, b) => b.step - a.step || b.branch - a.branch),
    ...others.filter((id) => !isOnTheWay(id)),
  ];
}

/**
 * The branch for training that resumes from `from`: the same one if nothing in the folder is newer, otherwise a new one.
 * @param from null if training starts afresh
 * @param taken every checkpoint name in use in the folder, whichever program uses it
 * @param isOther it goes on with other weights: a new one in any case
 */
export function branchFrom(
  from: Pick<Entry, 'branch' | 'step' | 'lineage'> | null,
  taken: readonly CheckpointId[],
  isOther = false,
): Branch {
  const isBehind = (id: CheckpointId): boolean => from !== null && compareByAge(id, from) >= 0;
  if (from && !isOther && taken.every(isBehind)) return from.lineage;
  return {
    number: Math.max(0, ...taken.map(({ branch }) => branch)) + 1,
    forks: from ? [...from.lineage.forks, { branch: from.branch, step: from.step }] : [],
  };
}
