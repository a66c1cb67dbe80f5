import { formatCount, formatLoss, formatRate } from '../../shared/format.ts';
import { rowsOfTried } from '../../shared/range-test.ts';
import type { RangeProgress, TriedRate } from '../../shared/range-test-protocol.ts';

/** A learning-rate range test in words. */

/** What a screen reader says of the curve. */
export function describeTried(smoothed: readonly TriedRate[], suggested: number | null): string {
  const [first] = smoothed;
  const last = smoothed.at(-1);
  if (!first || !last) return 'Loss by learning rate: nothing was tried yet';
  const least = smoothed.reduce((best, point) => (point.loss < best.loss ? point : best), first);
  const at = ({ rate, loss }: TriedRate): string => `${formatLoss(loss)} at ${formatRate(rate)}`;
  const told = `Loss by learning rate, smoothed: ${at(first)}, least ${at(least)}, last ${at(last)}`;
  return suggested === null ? told : `${told}; the rate of ${formatRate(suggested)} is marked`;
}

/** What the curve says at each rate that is told. */
export const triedReadings = (smoothed: readonly TriedRate[]): string[] =>
  rowsOfTried(smoothed).map(
    ({ step, rate, loss }) =>
      `Rate ${formatRate(rate)}: smoothed loss ${formatLoss(loss)}, step ${formatCount(step)}`,
  );

const stageWords: Readonly<Record<RangeProgress['doing'], string>> = {
  'reading the data': 'Reading the data',
  'building the network': 'Building the network',
  'trying rates': 'Trying rates',
};

/** What a test does: "Trying rates: step 120 of 300, at 0.00032". */
export function doingWords({
  doing,
  tried,
  steps,
}: {
  doing: RangeProgress['doing'];
  tried: readonly TriedRate[];
  steps: number;
}): string {
  const words = stageWords[doing];
  const last = tried.at(-1);
  return doing === 'trying rates' && last
    ? `${words}: step ${formatCount(last.step)} of ${formatCount(steps)}, at ${formatRate(last.rate)}`
    : words;
}
