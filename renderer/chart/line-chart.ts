import {
  Chart,
  Interaction,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
  type ChartDataset,
  type ChartOptions,
  type InteractionItem,
  type InteractionModeFunction,
} from 'chart.js';
import { formatCount } from '../../shared/format.ts';
import { BADGE_ROOM, eventMarkPlugin, setEventMarks } from './event-mark-plugin.ts';
import type { ExtraLine } from './extra-line.ts';
import type { EventMark } from './event-marks.ts';
import type { CurveLines } from './curve.ts';
import type { CurvePoint } from './smooth.ts';

declare module 'chart.js' {
  interface InteractionModeMap {
    nearestOfEach: InteractionModeFunction;
  }
}

/** Where a validation point still counts as pointed at, px; training points lie closer than that anyway. */
const REACH = 16;

/** The nearest point of every line: lines have points at different steps, so that no index is common to them. */
Interaction.modes.nearestOfEach = (chart, { x }) => {
  if (x === null) return [];
  return chart.getSortedVisibleDatasetMetas().flatMap((meta): InteractionItem[] => {
    let distance = REACH;
    let nearest = -1;
    meta.data.forEach((element, index) => {
      const away = Math.abs(element.x - x);
      if (away > distance) return;
      distance = away;
      nearest = index;
    });
    const element = meta.data[nearest];
    return element ? [{ element, datasetIndex: meta.index, index: nearest }] : [];
  });
};

Chart.register(LineController, LineElement, LinearScale, LogarithmicScale, PointElement, Tooltip);

export interface ChartTexts {
  /** The value as the axis and the tooltip say it. */
  format: (value: number) => string;
  formatTick: (value: number) => string;
}

export interface ChartRange {
  logarithmic: boolean;
  least: number | null;
  most: number | null;
}

export interface ChartColors {
  training: string;
  validation: string;
  text: string;
  grid: string;
  /** Of what happened to the run: its lines and numbers, and what is behind the numbers. */
  mark: string;
  markText: string;
  surface: string;
}

export type CurveChart = Chart<'line', CurvePoint[]>;

export function createCurveChart(canvas: HTMLCanvasElement, texts: ChartTexts): CurveChart {
  const line = (label: string): ChartDataset<'line', CurvePoint[]> => ({
    label,
    data: [],
    pointRadius: 0,
    pointHoverRadius: 3,
    // Points at the edge are drawn whole.
    clip: 8,
  });
  return new Chart(canvas, {
    type: 'line',
    data: {
      datasets: [
        { ...line('Training, this batch'), borderWidth: 1, order: 3, pointHoverRadius: 0 },
        { ...line('Training, smoothed'), borderWidth: 2, order: 2 },
        { ...line('Validation'), borderWidth: 2, order: 1, pointRadius: 3.5, pointHoverRadius: 5 },
      ],
    },
    options: chartOptions(texts),
    plugins: [eventMarkPlugin],
  });
}

/** Room above the plot, px: points at its edge are drawn whole. */
const TOP = 4;

const chartOptions = (texts: ChartTexts): ChartOptions<'line'> => ({
  animation: false,
  responsive: true,
  maintainAspectRatio: false,
  // Points are already {x, y} in order: nothing is copied or sorted at an update.
  parsing: false,
  normalized: true,
  interaction: { mode: 'nearestOfEach', intersect: false },
  layout: { padding: { top: TOP, right: 8 } },
  scales: {
    x: {
      type: 'linear',
      min: 0,
      ticks: { maxRotation: 0, includeBounds: false, maxTicksLimit: 6, font: { size: 11 } },
      title: { display: true, text: 'step', padding: 0, font: { size: 11 } },
    },
    y: yAxis(false, texts),
  },
  plugins: {
    tooltip: {
      animation: false,
      callbacks: {
        title([item]) {
          const point = item?.raw as CurvePoint | undefined;
          return point ? `Step ${formatCount(point.x)}, epoch ${point.epoch}` : '';
        },
        label: ({ dataset, parsed }) => ` ${dataset.label ?? ''}: ${texts.format(parsed.y ?? NaN)}`,
      },
    },
  },
});

const yAxis = (logarithmic: boolean, texts: ChartTexts) => ({
  type: logarithmic ? ('logarithmic' as const) : ('linear' as const),
  ticks: {
    maxTicksLimit: 6,
    font: { size: 11 },
    callback: (value: number | string) => texts.formatTick(Number(value)),
  },
  // Both charts begin at the same place, whatever their labels are.
  afterFit(scale: { width: number }) {
    scale.width = 46;
  },
});

export function setLines(chart: CurveChart, { raw, smooth, validation }: CurveLines): void {
  [raw, smooth, validation].forEach((points, index) => {
    const dataset = chart.data.datasets[index];
    if (dataset) dataset.data = points;
  });
  // The curve fills the width, whatever round number would come next.
  const x = chart.options.scales?.x;
  if (x) x.max = Math.max(smooth.at(-1)?.x ?? 1, validation.at(-1)?.x ?? 1, 10);
}

/** How many datasets are the run's own. */
const OWN_LINES = 3;

/** @param style in force at the chart, whose custom properties a line's colour may name */
export function setExtraLines(
  chart: CurveChart,
  lines: readonly ExtraLine[],
  style: CSSStyleDeclaration,
): void {
  const drawn = lines.map((line): ChartDataset<'line', CurvePoint[]> => {
    const { colour, isStrong = false, hasMarks = false } = line;
    const color = colour.startsWith('--') ? style.getPropertyValue(colour).trim() : colour;
    return {
      label: line.label,
      data: line.points.map(({ x, y, epoch }) => ({ x, y, epoch })),
      borderColor: color,
      pointBackgroundColor: color,
      pointBorderColor: color,
      borderDash: [...line.dash],
      borderWidth: isStrong ? 3 : 1.5,
      pointRadius: hasMarks ? 3 : 0,
      pointHoverRadius: 3,
      order: isStrong ? 0 : 4,
    };
  });
  chart.data.datasets.splice(OWN_LINES, Infinity, ...drawn);
}

/** What happened to the run; a place for its numbers is kept only where there are any. */
export function setMarks(
  chart: CurveChart,
  marks: readonly EventMark[],
  { mark, markText, surface }: ChartColors,
): void {
  setEventMarks(chart, { marks, colors: { line: mark, text: markText, surface } });
  const isNumbered = marks.some(({ number }) => number !== null);
  chart.options.layout = { padding: { top: isNumbered ? BADGE_ROOM : TOP, right: 8 } };
}

export function setRange(chart: CurveChart, range: ChartRange, texts: ChartTexts): void {
  const y = chart.options.scales?.y;
  if (!chart.options.scales || !y) return;
  if ((y.type === 'logarithmic') !== range.logarithmic)
    chart.options.scales.y = yAxis(range.logarithmic, texts);
  Object.assign(chart.options.scales.y ?? {}, {
    min: range.least ?? undefined,
    max: range.most ?? undefined,
  });
}

export function setColors(chart: CurveChart, colors: ChartColors): void {
  const [raw, smooth, validation] = chart.data.datasets;
  if (raw) raw.borderColor = `color-mix(in srgb, ${colors.training} 55%, transparent)`;
  if (smooth) smooth.borderColor = colors.training;
  if (validation) validation.borderColor = colors.validation;
  for (const [dataset, color] of [
    [raw, colors.training],
    [smooth, colors.training],
    [validation, colors.validation],
  ] as const)
    if (dataset) dataset.pointBackgroundColor = dataset.pointBorderColor = color;
  setAxisColors(chart.options, colors);
}

export function setAxisColors({ scales }: ChartOptions<'line'>, colors: ChartColors): void {
  for (const axis of [scales?.x, scales?.y]) {
    if (!axis) continue;
    axis.grid = { color: colors.grid };
    axis.border = { color: colors.grid };
    if (axis.ticks) axis.ticks.color = colors.text;
    if ('title' in axis) axis.title.color = colors.text;
  }
}

export function colorsOf(style: CSSStyleDeclaration): ChartColors {
  const color = (name: string): string => style.getPropertyValue(name).trim();
  return {
    training: color('--training'),
    validation: color('--validation'),
    text: color('--text-muted'),
    grid: color('--line-grid'),
    mark: color('--reference'),
    markText: color('--text'),
    surface: color('--surface-card'),
  };
}
