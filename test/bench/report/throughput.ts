import type { Throughput } from '../parts/throughput.ts';
import { median, ratio } from '../statistics.ts';
import { barChart } from './charts/bar-chart.ts';
import type { Chart } from './charts/svg.ts';
import { megabytes, textTable, whole } from './table.ts';
import { opByOp, type Engine } from '../contestants/list.ts';

const measuredIs = `In the app: its training loop, so the event loop's turns, the journal, and diagnostics every 50 steps too. An epoch's
validation is not on the clock, as it is on nobody's; that its checkpoint is written while training goes on, is.
TensorFlow and Keras put the next batch together while a step runs; PyTorch does it before the step.`;

/** How the figures of one network are told. */
interface ThroughputReport {
  text: (figures: Throughput) => string;
  /** By file name. */
  charts: (figures: Throughput, processor: string) => Record<string, Chart>;
}

const reportOf = (file: string, network: string, said: string): ThroughputReport => ({
  text: (figures) => throughputText(figures, said),
  charts: (figures, processor) => ({
    [file]: throughputChart(`Training ${network} on ${processor}`, figures),
  }),
});

export const seedReport = reportOf(
  'throughput.svg',
  'the seed network',
  `This engine, and op by op: putting a batch together, the step, reading its loss and its right answers.\n${measuredIs}`,
);

export const cifarReport = reportOf(
  'cifar.svg',
  'the preset cifar',
  `The preset cifar on 32×32 images of three channels, which nobody moves or mirrors. This engine: putting a batch together, the step,
reading its loss and its right answers.\n${measuredIs}`,
);

const times = (value: number): string => `${value.toFixed(2)}×`;

/** The figures as text, a row a contestant, then the ratios. */
function throughputText(
  { starts, rounds, seconds, rows, ratios, leftOut }: Throughput,
  said: string,
): string {
  const base = rows.find(({ name }) => name === opByOp);
  const table = textTable(
    ['', 'examples/s', 'min–max', ...(base ? [`× ${opByOp}`] : []), 'peak memory', 'on', 'with'],
    rows.map(({ name, speeds, peakMemory, library, settings }) => [
      name,
      whole(median(speeds)),
      `${whole(Math.min(...speeds))}–${whole(Math.max(...speeds))}`,
      ...(base ? [times(ratio(speeds, base.speeds))] : []),
      megabytes(peakMemory),
      library,
      settings,
    ]),
    base ? [0, 5, 6] : [0, 4, 5],
  );
  const compared = textTable(
    ['', 'times', 'as fast as', 'after each start'],
    ratios.map((r) => [r.of, times(r.ratio), r.to, r.ofStarts.map(times).join(' ')]),
    [0, 2],
  );
  return [
    `Batch 128, median of ${starts * rounds} turns of about ${seconds} s, ${rounds} after each of ${starts} starts`,
    said,
    table,
    ...(ratios.length > 0 ? [compared] : []),
    ...leftOut.map((reason) => `Left out: ${reason}`),
  ].join('\n\n');
}

const colors: Record<Engine, number> = {
  firstlayer: 0,
  app: 0,
  tensorflow: 1,
  tfjs: 2,
  pytorch: 3,
  keras: 4,
};

const throughputChart = (title: string, { rows }: Throughput): Chart =>
  barChart(
    title,
    'Examples a second',
    rows
      .toSorted((a, b) => median(b.speeds) - median(a.speeds))
      .map(({ name, engine, speeds }) => ({ name, values: speeds, color: colors[engine] })),
  );
