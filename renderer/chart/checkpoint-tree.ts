import type { Branch } from '../../shared/branch.ts';
import type { CheckpointSummary } from '../../shared/checkpoint-protocol.ts';

/** A folder's checkpoints as a picture: a lane for each branch on the axis of steps, and their accuracy below on the same axis. */

/** A checkpoint that is drawn; of one whose record cannot be read no more is known than where it stands. */
export type TreeCheckpoint = Pick<CheckpointSummary, 'name' | 'branch' | 'step'> &
  Partial<CheckpointSummary>;

export interface TreeMark {
  checkpoint: TreeCheckpoint;
  /** Share of the width, 0 to 1. */
  x: number;
}

export interface TreeLane {
  branch: number;
  /** From 0, the first branch's. */
  lane: number;
  marks: TreeMark[];
  /** Where it begins and ends, as shares of the width. */
  from: number;
  to: number;
  /** Where it left another lane; null: it left none that is drawn. */
  forkedFrom: { lane: number; x: number } | null;
  /** Its validations, that of the checkpoint it was forked from first. */
  accuracies: { x: number; accuracy: number }[];
}

export interface CheckpointTree {
  lanes: TreeLane[];
  /** At the right edge. */
  lastStep: number;
  /** What the axis of accuracies reaches over; null: none was measured. */
  accuracyRange: { least: number; most: number } | null;
}

/** Marks of a lane stand no closer than this share of the width, but for those that must be seen. */
const CLOSEST = 1 / 90;

/**
 * @param checkpoints all of the folder, damaged ones too
 * @param mustShow names that are drawn however close they stand
 */
export function layTree(
  checkpoints: readonly TreeCheckpoint[],
  branches: readonly Branch[],
  mustShow: ReadonlySet<string>,
): CheckpointTree {
  const byBranch = groupBy(checkpoints, ({ branch }) => branch);
  const numbers = [...byBranch.keys()].sort((a, b) => a - b);
  const lastStep = checkpoints.reduce((most, { step }) => Math.max(most, step), 1);
  const xOf = (step: number): number => step / lastStep;
  const accuracyAt = (branch: number, step: number): number | null =>
    byBranch.get(branch)?.find((each) => each.step === step)?.validationAccuracy ?? null;
  const lanes = numbers.map((branch, lane): TreeLane => {
    const own = [...(byBranch.get(branch) ?? [])].sort((a, b) => a.step - b.step);
    const fork = branches.find(({ number }) => number === branch)?.forks.at(-1);
    const forkLane = fork ? numbers.indexOf(fork.branch) : -1;
    const forkX = fork ? xOf(fork.step) : 0;
    const accuracyAtFork = fork ? accuracyAt(fork.branch, fork.step) : null;
    return {
      branch,
      lane,
      marks: thinMarks(own, xOf, mustShow),
      from: fork ? forkX : 0,
      to: xOf(own.at(-1)?.step ?? 0),
      forkedFrom: forkLane >= 0 ? { lane: forkLane, x: forkX } : null,
      accuracies: [
        ...(accuracyAtFork !== null && accuracyAt(branch, fork?.step ?? 0) === null
          ? [{ x: forkX, accuracy: accuracyAtFork }]
          : []),
        ...thinAccuracies(own, xOf),
      ],
    };
  });
  return { lanes, lastStep, accuracyRange: rangeOf(lanes) };
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => number): Map<number, Item[]> {
  const groups = new Map<number, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

function thinMarks(
  own: readonly TreeCheckpoint[],
  xOf: (step: number) => number,
  mustShow: ReadonlySet<string>,
): TreeMark[] {
  const marks: TreeMark[] = [];
  let last = -1;
  for (const checkpoint of own) {
    const x = xOf(checkpoint.step);
    if (x - last < CLOSEST && !mustShow.has(checkpoint.name)) continue;
    marks.push({ checkpoint, x });
    last = x;
  }
  return marks;
}

/** Of those that share a place on the axis, the least and the greatest. */
function thinAccuracies(
  own: readonly TreeCheckpoint[],
  xOf: (step: number) => number,
): TreeLane['accuracies'] {
  const points = own.flatMap(({ step, validationAccuracy = null }) =>
    validationAccuracy === null ? [] : [{ x: xOf(step), accuracy: validationAccuracy }],
  );
  const places = groupBy(points, ({ x }) => Math.floor(x / CLOSEST));
  return [...places.values()].flatMap((group) => {
    const [first] = group;
    if (!first || group.length < 3) return group;
    const least = group.reduce((a, b) => (b.accuracy < a.accuracy ? b : a), first);
    const most = group.reduce((a, b) => (b.accuracy > a.accuracy ? b : a), first);
    return least === most ? [least] : [least, most].sort((a, b) => a.x - b.x);
  });
}

/** With some room above and below, so that no point lies on an edge. */
function rangeOf(lanes: readonly TreeLane[]): CheckpointTree['accuracyRange'] {
  const all = lanes.flatMap(({ accuracies }) => accuracies.map(({ accuracy }) => accuracy));
  if (all.length === 0) return null;
  const [least, most] = [
    all.reduce((a, b) => Math.min(a, b)),
    all.reduce((a, b) => Math.max(a, b)),
  ];
  const room = Math.max((most - least) * 0.12, 0.001);
  return { least: Math.max(0, least - room), most: Math.min(1, most + room) };
}

/**
 * The checkpoint that an arrow key comes to; null: there is none that way.
 * @param key left and right along the lane, up and down to the nearest of the next lane
 */
export function nextInTree(tree: CheckpointTree, from: string | null, key: string): string | null {
  const [first] = tree.lanes;
  const lane = tree.lanes.find(({ marks }) => marks.some((mark) => isNamed(mark, from))) ?? first;
  if (!lane) return null;
  const at = lane.marks.findIndex((mark) => isNamed(mark, from));
  if (at < 0) return nameAt(first, 0);
  if (key === 'ArrowLeft') return nameAt(lane, at - 1);
  if (key === 'ArrowRight') return nameAt(lane, at + 1);
  if (key === 'Home') return nameAt(lane, 0);
  if (key === 'End') return nameAt(lane, lane.marks.length - 1);
  const by = key === 'ArrowUp' ? -1 : key === 'ArrowDown' ? 1 : 0;
  const other = by === 0 ? undefined : tree.lanes[lane.lane + by];
  const x = lane.marks[at]?.x ?? 0;
  const [nearest] = [...(other?.marks ?? [])].sort((a, b) => Math.abs(a.x - x) - Math.abs(b.x - x));
  return nearest?.checkpoint.name ?? null;
}

const isNamed = ({ checkpoint }: TreeMark, name: string | null): boolean =>
  checkpoint.name === name;
const nameAt = (lane: TreeLane | undefined, at: number): string | null =>
  lane?.marks[at]?.checkpoint.name ?? null;
