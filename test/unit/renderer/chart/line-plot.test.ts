import { describe, expect, it } from 'vitest';
import {
  logRange,
  pathOf,
  smoothed,
  ticksOf,
  type PlotLine,
} from '../../../../renderer/chart/line-plot.ts';

const line = (...ys: number[]): PlotLine => ({
  name: 'a',
  series: 1,
  points: ys.map((y, x) => ({ x, y })),
});
const area = { left: 10, top: 0, width: 100, height: 50 };

describe('a scale of powers', () => {
  it('holds all values; zeros and what is far below lie on its floor', () => {
    expect(logRange([line(0.003, 20)])).toEqual({ least: 0.001, most: 100 });
    expect(logRange([line(0, 1e-30, 1)])).toEqual({ least: 1e-9, most: 1 });
    expect(logRange([line()])).toEqual({ least: 0.1, most: 1 });
    expect(logRange([line(1)])).toEqual({ least: 0.1, most: 1 });
  });
  it('has equal steps for equal factors, and says its powers', () => {
    const range = { mostX: 2, leastY: 0.01, mostY: 1, isLog: true };
    expect(pathOf(line(0, 0.1, 1).points, range, area)).toBe('M10.0 50.0L60.0 25.0L110.0 0.0');
    const wide = { ...range, leastY: 1e-7 };
    expect(ticksOf(wide).map(({ words }) => words)).toEqual(['1', '0.01', '10⁻⁴', '10⁻⁶']);
  });
});

describe('an even scale', () => {
  it('has round ticks, and what is beyond is held at its ends', () => {
    const range = { mostX: 1, leastY: -2, mostY: 4, isLog: false };
    expect(ticksOf(range).map(({ words }) => words)).toEqual(['−2', '0', '2', '4']);
    expect(pathOf(line(-5, 9).points, range, area)).toBe('M10.0 50.0L110.0 0.0');
    const loss = ticksOf({ ...range, leastY: 0, mostY: 2.5 });
    expect(loss.map(({ words }) => words)).toEqual(['0', '1', '2']);
  });
});

it('smoothing begins at the first value and weighs near ones more', () => {
  expect(smoothed(line(4, 4, 4).points, 0.9).map(({ y }) => y)).toEqual([4, 4, 4]);
  const [, second] = smoothed(line(0, 1).points, 0.5);
  expect(second!.y).toBeCloseTo(2 / 3, 12);
  expect(smoothed(line(3, 1).points, 0)).toEqual(line(3, 1).points);
});
