import { formatCount } from '../format.ts';
import { html, type Markup } from './markup.ts';

/** A point of a curve: the step, and what was measured. */
export interface CurvePoint {
  x: number;
  y: number;
}

export interface CurveLine {
  /** Its colour's name in the page's style: training or validation. */
  kind: 'training' | 'validation';
  points: readonly CurvePoint[];
}

export interface CurvePicture {
  /** What is drawn, for who does not see it. */
  title: string;
  lines: readonly CurveLine[];
  /** How a number of the upright axis is written. */
  format: (value: number) => string;
  /** The upright axis may be in powers of ten, where that shows more. */
  powers: boolean;
  /** Steps of the whole picture. */
  most: number;
}

const SIZE = { width: 640, height: 200, left: 56, right: 12, top: 10, bottom: 28 } as const;
/** Beyond this ratio the axis is in powers: else all but the beginning lies on the ground. */
const LOGARITHMIC = 20;
/** Points of a line at most: beside a band of all that was measured. */
const COLUMNS = 240;

/** Several curves over the steps: a band from the least to the greatest of what was measured, and its mean. Nothing is drawn where there is no point. */
export function curvePicture({ title, lines, format, powers, most }: CurvePicture): Markup | null {
  const values = lines.flatMap(({ points }) => points.map(({ y }) => y).filter(Number.isFinite));
  if (values.length === 0) return null;
  const scale = scaleOf(values, powers);
  const x = (step: number): number =>
    SIZE.left + (step / Math.max(most, 1)) * (SIZE.width - SIZE.left - SIZE.right);
  const y = (value: number): number =>
    SIZE.top + (1 - scale.share(value)) * (SIZE.height - SIZE.top - SIZE.bottom);
  const ticks = scale.ticks.map(
    (value) =>
      html`<line
          class="grid"
          x1="${SIZE.left}"
          x2="${SIZE.width - SIZE.right}"
          y1="${round(y(value))}"
          y2="${round(y(value))}"
        />
        <text class="tick end" x="${SIZE.left - 6}" y="${round(y(value) + 4)}"
          >${format(value)}</text
        > `,
  );
  return html`<svg viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" aria-label="${title}">
    ${ticks}${stepTicks(most, x)}${lines.map((line) => drawLine(line, x, y))}
  </svg> `;
}

const round = (value: number): number => Math.round(value * 10) / 10;

function stepTicks(most: number, x: (step: number) => number): Markup[] {
  const every = niceStep(most / 5);
  const steps = Array.from({ length: Math.floor(most / every) + 1 }, (_, k) => k * every);
  return steps.map(
    (step) =>
      html`<text class="tick middle" x="${round(x(step))}" y="${SIZE.height - 8}"
        >${formatCount(step)}${step + every > most ? ' steps' : ''}</text
      > `,
  );
}

function drawLine(
  { kind, points }: CurveLine,
  x: (step: number) => number,
  y: (value: number) => number,
): Markup {
  const finite = points.filter((point) => Number.isFinite(point.y));
  const columns = columnsOf(finite);
  const at = (step: number, value: number): string => `${round(x(step))},${round(y(value))}`;
  const band =
    columns.length < finite.length
      ? [
          ...columns.map(({ step, greatest }) => at(step, greatest)),
          ...[...columns].reverse().map(({ step, least }) => at(step, least)),
        ].join(' ')
      : null;
  const marks = kind === 'validation' ? finite.slice(0, COLUMNS) : [];
  return html`${band !== null && html`<polygon class="band ${kind}" points="${band}" />`}<polyline
      class="curve ${kind}"
      points="${columns.map(({ step, mean }) => at(step, mean)).join(' ')}"
    />
    ${marks.map((point) => html`<circle class="mark ${kind}" cx="${round(x(point.x))}" cy="${round(y(point.y))}" r="3" />`)} `;
}

interface Column {
  step: number;
  mean: number;
  least: number;
  greatest: number;
}

/** Neighbours together, so that there are few enough; each alone where there are. */
function columnsOf(points: readonly CurvePoint[]): Column[] {
  const each = Math.max(1, Math.ceil(points.length / COLUMNS));
  return Array.from({ length: Math.ceil(points.length / each) }, (_, k) => {
    const own = points.slice(k * each, (k + 1) * each);
    const values = own.map(({ y }) => y);
    return {
      step: own.at(-1)?.x ?? 0,
      mean: values.reduce((a, b) => a + b, 0) / values.length,
      least: Math.min(...values),
      greatest: Math.max(...values),
    };
  });
}

interface Scale {
  /** Where a value lies, 0 to 1. */
  share: (value: number) => number;
  ticks: number[];
}

function scaleOf(values: readonly number[], mayBePowers: boolean): Scale {
  const least = values.reduce((a, b) => Math.min(a, b));
  const greatest = values.reduce((a, b) => Math.max(a, b));
  if (mayBePowers && least > 0 && greatest / least > LOGARITHMIC) {
    const [low, high] = [Math.log10(least), Math.log10(greatest)];
    const decades = Array.from(
      { length: Math.floor(high) - Math.ceil(low) + 1 },
      (_, k) => 10 ** (Math.ceil(low) + k),
    );
    return { share: (value) => (Math.log10(value) - low) / (high - low), ticks: decades };
  }
  const every = niceStep((greatest - least || Math.abs(greatest) || 1) / 5);
  const [from, to] = [Math.floor(least / every) * every, Math.ceil(greatest / every) * every];
  const end = to > from ? to : from + every;
  const count = Math.round((end - from) / every) + 1;
  return {
    share: (value) => (value - from) / (end - from),
    ticks: Array.from({ length: count }, (_, k) => from + k * every),
  };
}

/** The next of 1, 2, 5, 10, 20, … */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1e-12)));
  return ([1, 2, 5].find((digit) => digit * power >= least) ?? 10) * power;
}
