import { whole } from '../table.ts';
import { drawing, path, round, text, ticks, type Chart } from './svg.ts';

export interface Series {
  name: string;
  points: readonly { x: number; y: number }[];
}

export interface Axis {
  label: string;
  format: (value: number) => string;
}

const WIDTH = 660;
const HEIGHT = 340;
const LEFT = 70;
const RIGHT = 130;
const TOP = 50;
const BOTTOM = 56;
/** Least distance of the names at the lines' ends. */
const LINE_HEIGHT = 16;

/** Lines over a logarithmic x, of which every value is named; y begins at 0. */
export function lineChart(
  title: string,
  xAxis: Axis,
  yLabel: string,
  series: readonly Series[],
): Chart {
  const all = series.flatMap(({ points }) => points);
  const xs = [...new Set(all.map((point) => point.x))].sort((a, b) => a - b);
  const [first, last] = [Math.log2(xs[0] ?? 1), Math.log2(xs.at(-1) ?? 1)];
  const scale = ticks(Math.max(...all.map((point) => point.y)));
  const most = scale.at(-1) ?? 1;
  const x = (value: number): number =>
    LEFT + ((Math.log2(value) - first) / (last - first || 1)) * (WIDTH - LEFT - RIGHT);
  const y = (value: number): number => HEIGHT - BOTTOM - (value / most) * (HEIGHT - TOP - BOTTOM);
  const grid = scale.flatMap((value) => [
    path([[LEFT, y(value)], [WIDTH - RIGHT, y(value)]], 'grid'), // prettier-ignore
    text(LEFT - 8, y(value) + 4.5, whole(value), { anchor: 'end', class: 'faint' }),
  ]);
  const named = xs.map((value) =>
    text(x(value), HEIGHT - BOTTOM + 20, xAxis.format(value), { anchor: 'middle', class: 'faint' }),
  );
  const ends = apart(series.map(({ points }) => y(points.at(-1)?.y ?? 0)));
  const lines = series.flatMap(({ name, points }, k) => [
    path(points.map((point) => [x(point.x), y(point.y)] as const), `line c${k}`), // prettier-ignore
    ...points.map(
      (point) =>
        `<circle class="dot c${k}" cx="${round(x(point.x))}" cy="${round(y(point.y))}" r="3.5"/>`,
    ),
    text(WIDTH - RIGHT + 10, (ends[k] ?? 0) + 4.5, name, { class: `name c${k}` }),
  ]);
  return drawing(WIDTH, HEIGHT, title, describe(xAxis, yLabel, series), [
    ...grid,
    ...named,
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14, `${xAxis.label} · up: ${yLabel}`, {
      anchor: 'middle',
      class: 'faint',
    }),
    ...lines,
  ]);
}

/** Moves places down so far that none is nearer to the one above it than a line. */
function apart(places: readonly number[]): number[] {
  const result = [...places];
  const order = places.map((_, k) => k).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
  order.reduce(
    (above, k) => (result[k] = Math.max(result[k] ?? 0, above + LINE_HEIGHT)),
    -Infinity,
  );
  return result;
}

const describe = (xAxis: Axis, yLabel: string, series: readonly Series[]): string =>
  series
    .map(({ name, points }) => {
      const values = points.map((point) => `${xAxis.format(point.x)}: ${whole(point.y)}`);
      return `${name}, ${yLabel} by ${xAxis.label}: ${values.join(', ')}.`;
    })
    .join(' ');
