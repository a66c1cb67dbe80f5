import type { ExperimentPoint } from '../../shared/experiment-protocol.ts';
import { experiments, type ExperimentId } from '../../shared/experiments.ts';
import { formatCount, formatScientific } from '../../shared/format.ts';
import { layerTitles } from '../../shared/layer-names.ts';
import { smoothed, type PlotLine } from './line-plot.ts';

/** The curves of an experiment of Learn, and the sentence for each plot. */

/** The smoothed curves of a side's layers, the first layer first; a side has no more layers that learn than there are dashes. */
export function gradientLines(
  id: ExperimentId,
  side: 0 | 1,
  points: readonly ExperimentPoint[],
): PlotLine[] {
  const { layers } = experiments[id].sides[side];
  const titles = layerTitles(layers).filter((_, k) => {
    const type = layers[k]?.type;
    return type === 'convolution' || type === 'dense';
  });
  return titles.map((name, k) => ({
    name,
    series: k + 1,
    points: smoothed(
      points.map(({ step, gradientNorms }) => ({ x: step, y: gradientNorms[k] ?? 0 })),
      0.8,
    ),
  }));
}

/** One sentence for a plot of several lines: where each stands now. */
export function linesSentence(what: string, lines: readonly PlotLine[]): string {
  const now = lines.flatMap(({ name, points }) => {
    const last = points.at(-1);
    return last ? [`${name} ${formatScientific(last.y)}`] : [];
  });
  const step = lines[0]?.points.at(-1)?.x;
  return now.length === 0 || step === undefined
    ? `${what}: nothing yet.`
    : `${what} at step ${formatCount(step)}: ${now.join(', ')}.`;
}
