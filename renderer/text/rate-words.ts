import type { RunConfig } from '../../shared/config.ts';
import { formatCount, formatNumber, formatRate } from '../../shared/format.ts';
import type { RateCurve } from '../../shared/rate-curve.ts';

/** Learning rates in words. */

const stepWords = (step: number): string => `step ${formatCount(step)}`;

/** What the rate does over a run, in one sentence: "Rises to 0.002 at step 430, then falls to 0." */
export function describeRateCurve({ optimizer }: RunConfig, curve: RateCurve): string {
  const { points, peak, end, totalSteps } = curve;
  const first = points[0]?.rate ?? 0;
  const all = `${formatCount(totalSteps)} ${totalSteps === 1 ? 'step' : 'steps'}`;
  const rises = formatRate(first) !== formatRate(peak.rate);
  const falls = formatRate(peak.rate) !== formatRate(end.rate);
  const rise = `Rises from ${formatRate(first)} to ${formatRate(peak.rate)} at ${stepWords(peak.step)}`;
  const plateau = optimizer.reduceOnPlateau
    ? ` Each time validation stands still it is multiplied by ${formatNumber(optimizer.reduceOnPlateau.factor)} besides.`
    : '';
  if (!rises && !falls) return `Stays at ${formatRate(first)} for all ${all}.${plateau}`;
  if (!falls)
    return `${rise}${peak.step < totalSteps ? `, then stays there until ${stepWords(totalSteps)}` : ''}.${plateau}`;
  const fall = `${fallWords(optimizer.schedule)} to ${formatRate(end.rate)} at ${stepWords(totalSteps)}`;
  return rises
    ? `${rise}, then falls${fall}.${plateau}`
    : `Falls from ${formatRate(first)}${fall}.${plateau}`;
}

/** The way down, between "falls" and the last rate; with a space before it, where there are words. */
function fallWords(schedule: RunConfig['optimizer']['schedule']): string {
  switch (schedule.type) {
    case 'step': {
      const { factor, everyEpochs } = schedule;
      const every = everyEpochs === 1 ? 'epoch' : `${everyEpochs} epochs`;
      return ` by a factor of ${formatNumber(factor)} every ${every},`;
    }
    case 'exponential':
      return ` by a factor of ${formatNumber(schedule.factorPerEpoch)} an epoch,`;
    case 'cosine':
      return ' along half a cosine';
    case 'constant':
    case 'one-cycle':
      return '';
  }
}
