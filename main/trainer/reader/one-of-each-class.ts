import { epochOrder } from '../data/batches.ts';
import type { Labels } from '../data/examples.ts';

/**
 * For each class, the example that a run of this seed trains on first; with more than `most` classes, only for those that it meets first.
 * @returns numbers of the examples, in the order of their classes
 */
export function firstOfEachClass(labels: Labels, seed: number, most: number): number[] {
  const first = new Map<number, number>();
  for (const number of epochOrder(labels.length, seed, 0)) {
    if (first.size >= most) break;
    const label = labels[number] ?? 0;
    if (!first.has(label)) first.set(label, number);
  }
  return [...first].sort(([a], [b]) => a - b).map(([, number]) => number);
}
