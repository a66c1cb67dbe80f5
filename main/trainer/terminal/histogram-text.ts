import type { LayerHistogram } from '../../../shared/histogram.ts';
import { percentCell, textTable } from './text-table.ts';

const BARS = ' ▁▂▃▄▅▆▇█';

/** A layer a row, its numbers from the least to the greatest as bars; the highest is that of the part with most of them. */
export const histogramLines = (histograms: readonly LayerHistogram[]): string[] =>
  textTable(
    ['Layer', 'least', 'greatest', 'zero', 'spread'],
    histograms.map(({ name, least, most, zeros, counts }) => [
      name,
      least.toPrecision(3),
      most.toPrecision(3),
      percentCell(zeros),
      `|${barsOf(counts)}|`,
    ]),
  );

function barsOf(counts: readonly number[]): string {
  const highest = Math.max(...counts, 1);
  // What is there at all is seen.
  return counts.map((each) => BARS[Math.ceil((each / highest) * (BARS.length - 1))] ?? '').join('');
}
