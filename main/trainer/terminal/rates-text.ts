import { formatDuration, formatRate } from '../../../shared/format.ts';
import { rowsOfTried, smoothTried } from '../../../shared/range-test.ts';
import type { RangeProgress, RangeTestResult } from '../../../shared/range-test-protocol.ts';
import { textTable } from './text-table.ts';

/** Formats a learning-rate range test for the terminal. */

export function ratesProgressLine({ doing, tried, secondsLeft }: RangeProgress): string {
  const last = tried.at(-1);
  if (!last) return `Preparing: ${doing}`;
  const left = secondsLeft === null ? '' : `, ${formatDuration(secondsLeft)} left`;
  return `Trying rates: step ${last.step}, ${formatRate(last.rate)}, cost ${last.loss.toFixed(3)}${left}`;
}

/** The curve as a table, and the suggestion. */
export function ratesLines({ tried, suggestion }: RangeTestResult): string[] {
  const { rate, why } = suggestion;
  return [
    ...(tried.length === 0 ? [] : textTable(['Rate', 'Cost, smoothed', 'Step'], rowsOf(tried))),
    rate === null ? 'No rate is suggested.' : `Suggested: --learning-rate ${formatRate(rate)}`,
    why,
  ];
}

const rowsOf = (tried: RangeTestResult['tried']): string[][] =>
  rowsOfTried(smoothTried(tried)).map(({ step, rate, loss }) => [
    formatRate(rate),
    loss.toFixed(3),
    String(step),
  ]);
