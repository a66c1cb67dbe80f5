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
  const went = last < first ? 'fell' : last > first ? 'rose' : 'stayed';
  const way = went === 'stayed' ? `at ${format(last)}` : `from ${format(first)} to ${format(last)}`;
  const of = isHigherBetter === null ? name : `Training ${name}`;
  const training = `${of} ${went} ${way} in ${formatCount(step)} ${step === 1 ? 'step' : 'steps'}`;
  const newest = validation.at(-1);
  if (!newest || isHigherBetter === null) return `${capitalized(training)}.`;
  const best = validation.reduce((a, b) => ((isHigherBetter ? b.y > a.y : b.y < a.y) ? b : a));
  const worth =
    best === newest
      ? validation.length > 1
        ? ', the best so far'
        : ''
      : `; the best was ${format(best.y)}, after epoch ${formatCount(best.epoch)}`;
  return `${capitalized(training)}. Validation ${name} is ${format(newest.y)} after epoch ${formatCount(newest.epoch)}${worth}.`;
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
