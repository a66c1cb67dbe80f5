import type { RunConfig } from '../../../shared/config.ts';
import { countByClass, type Labels } from './examples.ts';

/**
 * How much an example of each class counts in the training loss.
 * @param labels of the examples that are trained on
 * @returns null where all count alike
 */
export const classWeights = (
  { training }: RunConfig,
  labels: Labels,
  classes: number,
): number[] | null =>
  training.classWeights === 'balanced' ? balancedWeights(labels, classes) : null;

/**
 * N / (K · n) for a class with n of the N examples, K being the classes that have any: every class counts alike, and an example 1 on the
 * average, as in scikit-learn. A class without examples has 0.
 */
export function balancedWeights(labels: Labels, classes: number): number[] {
  const counts = countByClass(labels, classes);
  const present = counts.filter((count) => count > 0).length;
  return counts.map((count) => (count === 0 ? 0 : labels.length / (present * count)));
}
