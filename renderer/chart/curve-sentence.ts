import { formatCount } from '../../shared/format.ts';
import type { CurveData } from './curve.ts';

/**
 * What happened to a quantity so far, in one sentence; empty where nothing was measured.
 * @param name in small letters, such as loss
 * @param isHigherBetter as of an accuracy; null: neither is
 * @param format a value as the read-out says it
 */
export function curveSentence(
  name: string,
  { steps, smoothed, validation }: CurveData,
  isHigherBetter: boolean | null,
  format: (value: number) => string,
): string {
  const [first, last, step] = [smoothed[0], smoothed.at(-1), steps.at(-1)];
  if (first === undefined || last === undefined || step === undefined) return '';
  const of = isHigherBetter === null ? name : `Training ${name}`;
  const [from, to] = [format(first), format(last)];
  const count = step === 1 ? '1 step' : `${formatCount(step)} steps`;
  const told =
    first === last
      ? `${of} stayed at ${to} in ${count}`
      : first < last
        ? `${of} rose from ${from} to ${to} in ${count}`
        : `${of} fell from ${from} to ${to} in ${count}`;
  const training = `${capitalized(told)}.`;
  const newest = validation.at(-1);
  if (!newest || isHigherBetter === null) return training;
  const best = validation.reduce((a, b) => ((isHigherBetter ? b.y > a.y : b.y < a.y) ? b : a));
  const now = `Validation ${name} is ${format(newest.y)} after epoch ${formatCount(newest.epoch)}`;
  if (best !== newest)
    return `${training} ${now}; the best was ${format(best.y)}, after epoch ${formatCount(best.epoch)}.`;
  return validation.length > 1 ? `${training} ${now}, the best so far.` : `${training} ${now}.`;
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
