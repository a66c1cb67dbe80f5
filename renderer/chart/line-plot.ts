import { formatNumber, formatScientific } from '../../shared/format.ts';

/** Small line plots of an experiment as SVG: their scales, paths and ticks. */

export interface PlotPoint {
  x: number;
  y: number;
}

export interface PlotLine {
  name: string;
  points: readonly PlotPoint[];
  /** Which of the series' colours and dashes it has, from 1. */
  series: number;
}

/** What is shown of both axes. */
export interface PlotRange {
  mostX: number;
  leastY: number;
  mostY: number;
  /** Whether y rises by factors. */
  isLog: boolean;
}

/** A plot's place on its picture, in px. */
export interface PlotArea {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Where there is nothing yet. */
const UNIT = { least: 0.1, most: 1 };
/** A log axis shows at most so many powers of ten below its greatest: zeros and all but nothing lie on its floor. */
const MOST_POWERS = 9;

/** Whole powers of ten that hold all values above zero. */
export function logRange(lines: readonly PlotLine[]): { least: number; most: number } {
  const values = lines.flatMap(({ points }) => points.map(({ y }) => y)).filter((y) => y > 0);
  if (values.length === 0) return UNIT;
  const extreme = (pick: (a: number, b: number) => number): number =>
    values.reduce((a, b) => pick(a, b));
  const most = Math.ceil(Math.log10(extreme(Math.max)));
  const least = Math.max(Math.floor(Math.log10(extreme(Math.min))), most - MOST_POWERS);
  return { least: 10 ** Math.min(least, most - 1), most: 10 ** most };
}

/** A place of y, 0 at the bottom to 1; what is beyond is held at the ends. */
function shareOf({ leastY, mostY, isLog }: PlotRange, y: number): number {
  const share = isLog
    ? Math.log10(Math.max(y, leastY) / leastY) / Math.log10(mostY / leastY)
    : (y - leastY) / (mostY - leastY);
  return Math.max(0, Math.min(1, share));
}

/** An SVG path through the points; empty where there are none. */
export const pathOf = (
  points: readonly PlotPoint[],
  range: PlotRange,
  { left, top, width, height }: PlotArea,
): string =>
  points
    .map(({ x, y }, k) => {
      const px = left + (x / range.mostX) * width;
      const py = top + (1 - shareOf(range, y)) * height;
      return `${k === 0 ? 'M' : 'L'}${px.toFixed(1)} ${py.toFixed(1)}`;
    })
    .join('');

/** Ticks of y, at most five: their share of the height, and their words. */
export function ticksOf(range: PlotRange): { share: number; words: string }[] {
  const { leastY, mostY, isLog } = range;
  if (isLog) {
    const [from, to] = [Math.round(Math.log10(leastY)), Math.round(Math.log10(mostY))];
    const step = Math.max(1, Math.ceil((to - from) / 4));
    const powers: number[] = [];
    for (let power = to; power >= from; power -= step) powers.push(power);
    return powers.map((power) => ({
      share: shareOf(range, 10 ** power),
      words: formatScientific(10 ** power).replace('1·', ''),
    }));
  }
  const step = niceStep((mostY - leastY) / 3);
  const first = Math.ceil(leastY / step - 1e-9);
  const count = Math.floor(mostY / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, k) => {
    const value = Number(((first + k) * step).toPrecision(6));
    return { share: shareOf(range, value), words: formatNumber(value).replace('-', '−') };
  });
}

/** The least of 1, 2, 5, 10, … that is not below `least`. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5].find((each) => each * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** So many places of a plot are read. */
const MOST_READ = 20;

/**
 * What the lines say at some places, evenly spread, the last among them.
 * @param nameX what a place on the x axis is called
 */
export function plotReadings(lines: readonly PlotLine[], nameX: (x: number) => string): string[] {
  const xs = [...new Set(lines.flatMap(({ points }) => points.map(({ x }) => x)))];
  xs.sort((a, b) => a - b);
  const every = Math.ceil(xs.length / MOST_READ);
  return xs
    .filter((_, k) => (xs.length - 1 - k) % every === 0)
    .map((x) => {
      const values = lines.flatMap(({ name, points }) => {
        const point = points.find((each) => each.x === x);
        return point ? [`${name} ${formatScientific(point.y)}`] : [];
      });
      return `${nameX(x)}: ${values.join(', ')}`;
    });
}

/**
 * The mean of each point and those before it, weighted by how near they are: a factor of `keep` a step.
 * @param keep 0 keeps the points as they are
 */
export function smoothed(points: readonly PlotPoint[], keep: number): PlotPoint[] {
  let [sum, weight] = [0, 0];
  return points.map(({ x, y }) => {
    sum = sum * keep + y;
    weight = weight * keep + 1;
    return { x, y: sum / weight };
  });
}
