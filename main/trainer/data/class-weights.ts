import type { RunConfig } from '../../../shared/config.ts';
import { countByClass, type Labels } from './examples.ts';

/**
 * The weight of each class's examples in the training loss.
 * @param labels of the training examples
 * @returns null if all classes count the same
 */
export const classWeights = (
  { training }: RunConfig,
  labels: Labels,
  classes: number,
): number[] | null =>
  training.classWeights === 'balanced' ? balancedWeights(labels, classes) : null;

/**
 * N / (K · n) for a class with n of the N examples, where K classes have any: all classes count the same, and the mean weight of an example
 * is 1, as in scikit-learn. A class without examples has weight 0.
 */
export function balancedWeights(labels: Labels, classes: number): number[] {
  const counts = countByClass(labels, classes);
  const present = counts.filter((count) => count > 0).length;
  return counts.map((count) => (count === 0 ? 0 : labels.length / (present * count)));
}
