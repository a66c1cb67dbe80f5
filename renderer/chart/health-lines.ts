import type { TermId } from '../../shared/glossary.ts';
import { updateRatio } from '../../shared/layer-health.ts';
import type { DiagnosticsEvent } from '../../shared/trainer-events.ts';

/** What is drawn of the layers' health: which measures, on which axis, as which lines. Geometry alone; it knows no picture. */

type LayerMeasures = DiagnosticsEvent['layers'][number];

export interface HealthMeasure {
  id: 'gradient' | 'ratio' | 'dead' | 'spread';
  label: string;
  /** Its word in the glossary. */
  term: TermId;
  /** What it is, in a sentence. */
  explained: string;
  /** Its axis; a share goes from 0 to 1. */
  axis: 'log' | 'share';
  of: (layer: LayerMeasures) => number | null;
}

export const healthMeasures: readonly HealthMeasure[] = [
  {
    id: 'gradient',
    label: 'Gradient norm',
    term: 'gradient-norm',
    explained:
      'Norm of the gradient over all weights of the layer, before any clipping: how much of the error reaches it.',
    axis: 'log',
    of: ({ gradientNorm }) => gradientNorm,
  },
  {
    id: 'ratio',
    label: 'Update : weights',
    term: 'update-ratio',
    explained:
      'By what share of their size a step changes the layer’s weights; about 10⁻³ is usual.',
    axis: 'log',
    of: updateRatio,
  },
  {
    id: 'dead',
    label: 'Dead units',
    term: 'dead-unit',
    explained: 'Share of the ReLU units that were zero for every image of the batch.',
    axis: 'share',
    of: ({ deadShare }) => deadShare,
  },
  {
    id: 'spread',
    label: 'Weight spread',
    term: 'weight-spread',
    explained: 'Standard deviation of the layer’s kernels.',
    axis: 'log',
    of: ({ weightDeviation }) => weightDeviation ?? null,
  },
];

export interface HealthPoint {
  step: number;
  value: number;
}

/** One layer's values of a measure, in the order of their steps. */
export interface HealthLine {
  layer: number;
  /** By type and number, such as convolution_2. */
  name: string;
  /** Its place among all that is measured: it has one look, whatever is shown of it. */
  at: number;
  points: readonly HealthPoint[];
}

/** A line for each layer that has the measure, in the order of the network. */
export function healthLines(
  readings: readonly DiagnosticsEvent[],
  of: HealthMeasure['of'],
): HealthLine[] {
  return (readings.at(-1)?.layers ?? []).flatMap(({ layer, name }, k) => {
    const points = readings.flatMap(({ step, layers }): HealthPoint[] => {
      // A run's layers are the same in every reading.
      const measures = layers[k];
      const value = measures ? of(measures) : null;
      return value === null ? [] : [{ step, value }];
    });
    return points.length === 0 ? [] : [{ layer, name, at: k, points }];
  });
}

/** Where values stand between the bottom, 0, and the top, 1. */
export interface HealthAxis {
  heightOf: (value: number) => number;
  ticks: readonly number[];
}

/** As many decades as a small picture has names for. */
const MOST_TICKS = 6;

/**
 * One axis for all lines, so that their heights compare.
 * @param kind a log axis has whole decades, and zero at its foot
 */
export function healthAxis(lines: readonly HealthLine[], kind: HealthMeasure['axis']): HealthAxis {
  if (kind === 'share')
    return {
      heightOf: (value) => Math.min(Math.max(value, 0), 1),
      ticks: [0, 0.25, 0.5, 0.75, 1],
    };
  let [least, most] = [Infinity, -Infinity];
  for (const { points } of lines)
    for (const { value } of points) {
      if (value <= 0 || !Number.isFinite(value)) continue;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  if (least > most) [least, most] = [0.1, 1];
  const bottom = Math.floor(Math.log10(least));
  const top = Math.max(Math.ceil(Math.log10(most)), bottom + 1);
  const each = Math.ceil((top - bottom) / (MOST_TICKS - 1));
  const ticks: number[] = [];
  for (let exponent = bottom; exponent <= top; exponent += each) ticks.push(10 ** exponent);
  return {
    heightOf: (value) =>
      value > 0 ? Math.min(Math.max((Math.log10(value) - bottom) / (top - bottom), 0), 1) : 0,
    ticks,
  };
}

/** Steps from the first that was measured to the last, as 0 to 1; one alone stands at the right. */
export function stepAxis(lines: readonly HealthLine[]): (step: number) => number {
  const steps = lines.flatMap(({ points }) => [points[0]?.step ?? 0, points.at(-1)?.step ?? 0]);
  const [first, last] = [Math.min(...steps), Math.max(...steps)];
  return (step) => (last > first ? (step - first) / (last - first) : 1);
}

/**
 * A line as the path of an SVG of that size.
 * @param xOf of a step, 0 to 1
 */
export const pathOf = (
  { points }: HealthLine,
  xOf: (step: number) => number,
  { heightOf }: HealthAxis,
  { width, height }: { width: number; height: number },
): string =>
  points
    .map(({ step, value }, k) => {
      const x = (xOf(step) * width).toFixed(1);
      const y = ((1 - heightOf(value)) * height).toFixed(1);
      return `${k === 0 ? 'M' : 'L'}${x} ${y}`;
    })
    .join('');

/** How a layer is told from the others: never by its colour alone. */
export interface LineLook {
  /** A colour of the window's tokens. */
  colour: string;
  /** As SVG has it; empty: drawn through. */
  dash: string;
}

const COLOURS = ['--series-1', '--series-2', '--series-3', '--reference'];
const DASHES = ['', '7 3', '2 3', '9 3 2 3'];

/** @param at its place among the layers; those beside each other differ in both */
export function lookAt(at: number): LineLook {
  const round = Math.floor(at / COLOURS.length);
  return {
    colour: `var(${COLOURS[at % COLOURS.length] ?? ''})`,
    dash: DASHES[(at + round) % DASHES.length] ?? '',
  };
}

/** The value at a step, or the last before it; null: there is none yet. */
export const valueAtStep = ({ points }: HealthLine, step: number): number | null =>
  points.findLast((point) => point.step <= step)?.value ?? null;
