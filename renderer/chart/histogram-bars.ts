import type { LayerHistogram } from '../../shared/histogram.ts';

/** Bars of a histogram, each 0 to 1 in height and in place; `from` and `to` of its width. */
export interface HistogramBar {
  from: number;
  to: number;
  height: number;
}

/**
 * Bars of how a layer's numbers are spread. Numbers that are exactly 0, as most outputs of a ReLU are, are told apart and not drawn: the
 * others would be too low to be seen.
 * @param axis what the picture goes from and to; null: the layer's own least and greatest number
 */
export function histogramBars(
  histogram: LayerHistogram,
  axis: { least: number; most: number } | null = null,
): HistogramBar[] {
  const counts = countsWithoutZeros(histogram);
  const highest = Math.max(...counts);
  const { least, most } = histogram;
  const on = axis ?? { least, most };
  const span = on.most - on.least;
  if (!(highest > 0) || !(span > 0)) return [];
  const each = (most - least) / counts.length;
  return counts.map((count, k) => ({
    from: (least + k * each - on.least) / span,
    to: (least + (k + 1) * each - on.least) / span,
    height: count / highest,
  }));
}

function countsWithoutZeros({ least, most, counts, zeros }: LayerHistogram): number[] {
  const all = counts.reduce((a, b) => a + b, 0);
  const at = Math.min(
    Math.floor(((0 - least) / (most - least)) * counts.length),
    counts.length - 1,
  );
  return counts.map((count, k) =>
    k === at ? Math.max(count - Math.round(zeros * all), 0) : count,
  );
}

/** The upper edge of some bars as the path of an SVG of that size. */
export const outlineOf = (
  bars: readonly HistogramBar[],
  { width, height }: { width: number; height: number },
): string =>
  bars
    .map(({ from, to, height: share }, k) => {
      const y = ((1 - share) * height).toFixed(1);
      return `${k === 0 ? 'M' : 'L'}${(from * width).toFixed(1)} ${y}L${(to * width).toFixed(1)} ${y}`;
    })
    .join('');
