import { withinSentence } from '../../../shared/language.ts';
import { planeName } from '../../chart/filter-colours.ts';
import type { FilterMeasure, Kernel } from '../../chart/filters.ts';
import { formatSigned } from '../../../shared/format.ts';

const rangeText = (weights: ArrayLike<number>): string => {
  const all = Array.from(weights);
  return `${formatSigned(Math.min(...all))} to ${formatSigned(Math.max(...all))}`;
};

const measureWords: Readonly<Record<FilterMeasure, string>> = {
  weights: 'weights',
  change: 'change',
};

/** A filter for those who do not see it: the range of its weights or of their change, or of each of its planes', and that it is dead. */
export const describeFilter = (
  kernel: Kernel,
  measure: FilterMeasure = 'weights',
  isDead = false,
): string => {
  const { number, planes, least, most } = kernel;
  const filter = isDead ? `Filter ${number}, dead` : `Filter ${number}`;
  const name = `${filter}, ${measureWords[measure]}`;
  if (planes.length === 1) return `${name} from ${formatSigned(least)} to ${formatSigned(most)}`;
  const ranges = planes.map(
    (plane, index) => `${withinSentence(planeName(kernel, index))} ${rangeText(plane)}`,
  );
  return `${name}: ${ranges.join(', ')}`;
};
