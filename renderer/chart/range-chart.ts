import { Chart, type ChartDataset, type ChartOptions, type Point } from 'chart.js';
import { formatLoss, formatRate } from '../../shared/format.ts';
import type { TriedRate } from '../../shared/range-test-protocol.ts';

import { setAxisColors, type ChartColors } from './chart-parts.ts';

/** The chart of a learning-rate range test: loss over rate, which has a logarithmic axis. */

export type RangeChart = Chart<'line', Point[]>;

export interface RangeLines {
  tried: readonly TriedRate[];
  smoothed: readonly TriedRate[];
  /** The rate that is marked; null: none. */
  suggested: number | null;
}

/** So much of the first loss is shown above it: what is lost when it leaves its range needs no room. */
const ROOM_ABOVE = 1.35;

const axisWords = { rate: 'learning rate', loss: 'loss' };

const pointOf = ({ rate, loss }: TriedRate): Point => ({ x: rate, y: loss });

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** A power of ten such as 10⁻⁵; empty for what is none. */
export function formatPower(value: number): string {
  const exponent = Math.log10(value);
  const whole = Math.round(exponent);
  if (Math.abs(exponent - whole) > 1e-9) return '';
  const digits = String(Math.abs(whole)).replaceAll(/\d/g, (digit) =>
    superscripts.charAt(Number(digit)),
  );
  return `10${whole < 0 ? '⁻' : ''}${digits}`;
}

export function createRangeChart(canvas: HTMLCanvasElement): RangeChart {
  const line = (label: string, order: number): ChartDataset<'line', Point[]> => ({
    label,
    data: [],
    order,
    borderWidth: 2,
    pointRadius: 0,
    pointHoverRadius: 3,
  });
  return new Chart(canvas, {
    type: 'line',
    data: {
      datasets: [
        { ...line('This batch', 3), borderWidth: 1, pointHoverRadius: 0 },
        line('Smoothed', 2),
        { ...line('Suggested', 1), borderDash: [6, 4], pointHoverRadius: 0 },
      ],
    },
    options: chartOptions(),
  });
}

const chartOptions = (): ChartOptions<'line'> => ({
  animation: false,
  responsive: true,
  maintainAspectRatio: false,
  parsing: false,
  normalized: true,
  interaction: { mode: 'nearestOfEach', intersect: false },
  layout: { padding: { top: 4, right: 8 } },
  scales: {
    x: {
      type: 'logarithmic',
      ticks: {
        maxRotation: 0,
        autoSkip: false,
        font: { size: 11 },
        callback: (value) => formatPower(Number(value)),
      },
      title: { display: true, text: axisWords.rate, padding: 0, font: { size: 11 } },
    },
    y: {
      type: 'linear',
      min: 0,
      ticks: { maxTicksLimit: 6, includeBounds: false, font: { size: 11 } },
      title: { display: true, text: axisWords.loss, padding: 0, font: { size: 11 } },
    },
  },
  plugins: {
    tooltip: {
      animation: false,
      filter: ({ datasetIndex }) => datasetIndex < 2,
      callbacks: {
        title: ([item]) => (item ? `Rate ${formatRate(item.parsed.x ?? NaN)}` : ''),
        label: ({ dataset, parsed }) => ` ${dataset.label ?? ''}: ${formatLoss(parsed.y ?? NaN)}`,
      },
    },
  },
});

/** @param range of all rates that are to be tried: the axis stays while they come */
export function setRangeLines(
  chart: RangeChart,
  { tried, smoothed, suggested }: RangeLines,
  range: { least: number; most: number },
): void {
  const most = highestShown(smoothed);
  const lines = [
    tried.map(pointOf),
    smoothed.map(pointOf),
    suggested === null
      ? []
      : [
          { x: suggested, y: 0 },
          { x: suggested, y: most },
        ],
  ];
  lines.forEach((points, index) => {
    const dataset = chart.data.datasets[index];
    if (dataset) dataset.data = points;
  });
  const { x, y } = chart.options.scales ?? {};
  if (x) Object.assign(x, { min: range.least, max: range.most });
  if (y) y.max = most;
}

/** The loss as it was before any rate was high, and some room. */
function highestShown(smoothed: readonly TriedRate[]): number {
  const before = smoothed.slice(0, Math.max(1, Math.ceil(smoothed.length / 2)));
  return Math.max(...before.map(({ loss }) => loss), 1e-3) * ROOM_ABOVE;
}

export function setRangeColors(chart: RangeChart, colors: ChartColors): void {
  const [raw, smooth, suggested] = chart.data.datasets;
  if (raw) raw.borderColor = `color-mix(in srgb, ${colors.training} 55%, transparent)`;
  if (smooth) smooth.borderColor = smooth.pointBackgroundColor = colors.training;
  if (suggested) suggested.borderColor = colors.text;
  setAxisColors(chart.options, colors);
  const { x } = chart.options.scales ?? {};
  // Decades alone, or there are more lines than can be told apart.
  if (x)
    x.grid = {
      color: ({ tick }) => (formatPower(tick.value) === '' ? 'transparent' : colors.grid),
    };
}
