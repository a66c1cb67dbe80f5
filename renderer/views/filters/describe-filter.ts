import { planeName } from '../../chart/filter-colours.ts';
import type { Kernel } from '../../chart/filters.ts';
import { formatSigned } from '../../text/format.ts';

const rangeText = (weights: ArrayLike<number>): string => {
  const all = Array.from(weights);
  return `${formatSigned(Math.min(...all))} to ${formatSigned(Math.max(...all))}`;
};

/** A filter for those who do not see it: the range of its weights, or of each of its planes'. */
export const describeFilter = (kernel: Kernel): string => {
  const { number, planes, least, most } = kernel;
  if (planes.length === 1)
    return `Filter ${number}, weights from ${formatSigned(least)} to ${formatSigned(most)}`;
  const ranges = planes.map(
    (plane, index) => `${planeName(kernel, index).toLowerCase()} ${rangeText(plane)}`,
  );
  return `Filter ${number}, weights: ${ranges.join(', ')}`;
};
