import type { Scaling, ScalingPoint } from '../parts/scaling.ts';
import { median } from '../statistics.ts';
import { lineChart, type Series } from './charts/line-chart.ts';
import type { Chart } from './charts/svg.ts';
import { megabytes, textTable, whole } from './table.ts';

/** A multiplication and an addition. */
const OPERATIONS_A_PAIR = 2;

const widths = new Map([
  [0.25, '¼'],
  [0.5, '½'],
  [1.5, '1½'],
]);
const widthName = (x: number): string => `×${widths.get(x) ?? x}`;
const thousands = (x: number): string => (x < 1000 ? String(x) : `${x / 1000}k`);
const speed = ({ speeds }: ScalingPoint): number => median(speeds);
/** A second, in training. */
const operations = (point: ScalingPoint): number =>
  speed(point) * point.multiplyAdds.training * OPERATIONS_A_PAIR;
const beyondData = ({ peakMemory, dataBytes }: ScalingPoint): number => peakMemory - dataBytes;

export function scalingText({ rounds, seconds, batch, dataset, width, leftOut }: Scaling): string {
  const table = (
    name: string,
    points: readonly ScalingPoint[],
    format: (x: number) => string,
    more: Record<string, (point: ScalingPoint) => string>,
  ): string =>
    textTable(
      [name, 'precision', 'examples/s', ...Object.keys(more)],
      points.map((point) => [
        format(point.x),
        point.precision,
        whole(speed(point)),
        ...Object.values(more).map((value) => value(point)),
      ]),
    );
  const peak = { 'peak memory': ({ peakMemory }: ScalingPoint) => megabytes(peakMemory) };
  return [
    `Seed network, batch 128 where it does not vary; median of ${rounds} turns of about ${seconds} s. Each dataset has been trained on for a whole epoch before.`,
    table('Batch', batch, String, peak),
    table('Training examples', dataset, whole, {
      'data in memory': ({ dataBytes }) => megabytes(dataBytes),
      ...peak,
      'beyond the data': (point) => megabytes(beyondData(point)),
    }),
    table('Width of every hidden layer', width, widthName, {
      'million multiply-adds forward': (point) => (point.multiplyAdds.forward / 1e6).toFixed(1),
      'GFLOP/s': (point) => whole(operations(point) / 1e9),
      ...peak,
    }),
    ...leftOut.map((reason) => `Left out: ${reason}`),
  ].join('\n\n');
}

/** By file name. */
export function scalingCharts({ batch, dataset, width }: Scaling): Record<string, Chart> {
  const series = (points: readonly ScalingPoint[]): Series[] =>
    (['bfloat16', 'float32'] as const).map((precision) => ({
      name: precision,
      points: points
        .filter((point) => point.precision === precision)
        .map((point) => ({ x: point.x, y: speed(point) })),
    }));
  const speeds = 'examples a second';
  const examples = { label: 'training examples', format: thousands };
  return {
    'batch.svg': lineChart(
      'Speed by batch size',
      { label: 'examples a batch', format: String },
      speeds,
      series(batch),
    ),
    'width.svg': lineChart(
      'Speed by width of the network',
      { label: 'filters and units of every hidden layer', format: widthName },
      speeds,
      series(width),
    ),
    'dataset.svg': lineChart('Speed by size of the dataset', examples, speeds, [
      { name: 'float32', points: dataset.map((point) => ({ x: point.x, y: speed(point) })) },
    ]),
    'memory.svg': lineChart('Memory by size of the dataset', examples, 'MB at most', [
      { name: 'all', points: dataset.map(({ x, peakMemory }) => ({ x, y: peakMemory / 1e6 })) },
      {
        name: 'beyond the data',
        points: dataset.map((point) => ({ x: point.x, y: beyondData(point) / 1e6 })),
      },
    ]),
  };
}
