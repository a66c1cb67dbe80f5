import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/**
 * A run's path through its folder. Going back to a checkpoint that is not the newest begins a branch, so that later checkpoints are kept.
 */
export const branchSchema = v.strictObject({
  /** From 1. */
  number: v.pipe(count, v.minValue(1)),
  /** Where this branch's ancestors were forked, the oldest first. */
  forks: v.array(v.strictObject({ branch: count, step: count })),
});
export type Branch = v.InferOutput<typeof branchSchema>;

export const firstBranch: Branch = { number: 1, forks: [] };

/** The part of a path that belongs to one branch: up to a fork, or to the branch's newest step. */
export interface Stretch {
  branch: number;
  /** The step at which it was forked from the one before; 0 for the first. */
  after: number;
  /** The last step of this part. */
  last: number;
}

/**
 * The path to `step` of a branch, divided by branch, the oldest first.
 * @param step of the branch itself; Infinity means its newest, whichever that is
 */
export function stretchesOf({ number, forks }: Branch, step = Infinity): Stretch[] {
  const ends = [
    ...forks.map((fork) => ({ branch: fork.branch, last: Math.min(fork.step, step) })),
    { branch: number, last: step },
  ];
  return ends.map((end, k) => ({ ...end, after: ends[k - 1]?.last ?? 0 }));
}
