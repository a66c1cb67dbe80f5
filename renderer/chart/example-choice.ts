import { IMAGE_ID_BYTES } from '../../shared/image-id.ts';
import type { Predicted } from '../../shared/predictions.ts';

/** Which examples a gallery shows, and in which order. */

export const exampleOrders = ['loss', 'doubt', 'number'] as const;
/** The highest loss first; the least sure first; as they are numbered. */
export type ExampleOrder = (typeof exampleOrders)[number];

export const surenesses = ['any', 'over-90', 'under-50'] as const;
export type Sureness = (typeof surenesses)[number];

export const changes = ['fixed', 'broken', 'still-wrong'] as const;
/** What has become of an example between two checkpoints; of those that were right and are, nothing. */
export type Change = (typeof changes)[number];

export interface ExampleFilter {
  /** What it is; null: anything. */
  of: number | null;
  /** What it was taken for; null: anything. */
  takenFor: number | null;
  answers: 'all' | 'wrong' | 'right' | 'marked';
  sure: Sureness;
  change: Change | null;
}

export const mistakesOnly: ExampleFilter = {
  ...{ of: null, takenFor: null, answers: 'wrong', sure: 'any', change: null },
};

type Answered = Pick<Predicted, 'labels' | 'answers' | 'losses' | 'topShares' | 'told'>;

/** How probable the answer was that an example was given. */
export const surenessAt = ({ topShares, told }: Answered, number: number): number =>
  topShares[number * told] ?? 0;

const isSure = (sure: Sureness, share: number): boolean =>
  sure === 'any' || (sure === 'over-90' ? share > 0.9 : share < 0.5);

/**
 * The numbers of the examples that a filter lets through, in an order; of equals, as they are numbered.
 * @param changed what has become of each since another checkpoint; null: there is none to compare with
 * @param marked the numbers of those that a person has marked
 */
export function chooseExamples(
  predicted: Answered,
  { of, takenFor, answers: wanted, sure, change }: ExampleFilter,
  order: ExampleOrder,
  changed: readonly (Change | null)[] | null,
  marked: ReadonlySet<number>,
): Uint32Array {
  const { labels, answers, losses } = predicted;
  const chosen: number[] = [];
  labels.forEach((label, number) => {
    const answer = answers[number];
    if (of !== null && label !== of) return;
    if (takenFor !== null && answer !== takenFor) return;
    if (wanted === 'marked' ? !marked.has(number) : false) return;
    if (wanted === 'wrong' && label === answer) return;
    if (wanted === 'right' && label !== answer) return;
    if (!isSure(sure, surenessAt(predicted, number))) return;
    if (change !== null && changed?.[number] !== change) return;
    chosen.push(number);
  });
  const numbers = Uint32Array.from(chosen);
  if (order === 'loss') return numbers.sort((a, b) => (losses[b] ?? 0) - (losses[a] ?? 0) || a - b);
  if (order === 'doubt')
    return numbers.sort((a, b) => surenessAt(predicted, a) - surenessAt(predicted, b) || a - b);
  return numbers;
}

/**
 * What has become of each example between two checkpoints.
 * @returns null where both were not asked about the same examples
 */
export function changesBetween(
  before: Pick<Predicted, 'labels' | 'answers' | 'datasetHash'>,
  now: Pick<Predicted, 'labels' | 'answers' | 'datasetHash'>,
): (Change | null)[] | null {
  if (before.datasetHash !== now.datasetHash || before.labels.length !== now.labels.length)
    return null;
  return Array.from(now.labels, (label, number) => {
    const [was, is] = [before.answers[number] === label, now.answers[number] === label];
    if (was) return is ? null : 'broken';
    return is ? 'fixed' : 'still-wrong';
  });
}

export function countChanges(changed: readonly (Change | null)[]): Record<Change, number> {
  const counts = { fixed: 0, broken: 0, 'still-wrong': 0 };
  for (const change of changed) if (change !== null) counts[change]++;
  return counts;
}

/**
 * The numbers of the examples that are marked.
 * @param imageIds eight bytes of each example
 * @param marked ids as they are written
 */
export function numbersOfMarked(imageIds: Uint8Array, marked: Iterable<string>): Set<number> {
  const wanted = new Map<number, Set<number>>();
  for (const id of marked) {
    const [head, tail] = [parseInt(id.slice(0, 8), 16), parseInt(id.slice(8), 16)];
    const tails = wanted.get(head);
    if (tails) tails.add(tail);
    else wanted.set(head, new Set([tail]));
  }
  const found = new Set<number>();
  if (wanted.size === 0) return found;
  const view = new DataView(imageIds.buffer, imageIds.byteOffset, imageIds.byteLength);
  for (let at = 0; at < imageIds.length; at += IMAGE_ID_BYTES)
    if (wanted.get(view.getUint32(at))?.has(view.getUint32(at + 4))) found.add(at / IMAGE_ID_BYTES);
  return found;
}
