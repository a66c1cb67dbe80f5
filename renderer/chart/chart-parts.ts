import {
  Chart,
  Filler,
  Interaction,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
  type ChartOptions,
  type InteractionItem,
  type InteractionModeFunction,
} from 'chart.js';

/** What all charts have in common: the parts of Chart.js that are used, and the window's colours. */

declare module 'chart.js' {
  interface InteractionModeMap {
    nearestOfEach: InteractionModeFunction;
  }
}

/** Where a point still counts as pointed at, px. */
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

Chart.register(
  Filler,
  LineController,
  LineElement,
  LinearScale,
  LogarithmicScale,
  PointElement,
  Tooltip,
);

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

/** @param style in force at the chart */
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

export function setAxisColors({ scales }: ChartOptions<'line'>, colors: ChartColors): void {
  for (const axis of [scales?.x, scales?.y]) {
    if (!axis) continue;
    axis.grid = { color: colors.grid };
    axis.border = { color: colors.grid };
    if (axis.ticks) axis.ticks.color = colors.text;
    if ('title' in axis) axis.title.color = colors.text;
  }
}
