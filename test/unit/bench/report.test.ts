import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Accuracy } from '../../bench/parts/accuracy.ts';
import { parseOptions } from '../../bench/options.ts';
import { accuracyText } from '../../bench/report/accuracy.ts';
import { barChart } from '../../bench/report/charts/bar-chart.ts';
import { lineChart } from '../../bench/report/charts/line-chart.ts';
import { ticks } from '../../bench/report/charts/svg.ts';
import { deviation, median, quantile, ratio } from '../../bench/statistics.ts';

describe('statistics', () => {
  test('a quantile lies between the two nearest values', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(quantile([10, 0, 5], 0.75)).toBe(7.5);
    expect(quantile([3], 0.95)).toBe(3);
  });

  test('the deviation is that of a sample', () => {
    expect(deviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7));
  });

  test('a ratio is taken turn by turn: a slow turn of both changes nothing', () => {
    expect(ratio([200, 20, 200], [100, 10, 100])).toBe(2);
  });
});

describe('charts', () => {
  test('ticks begin at zero, are evenly apart, and reach the greatest value without going far beyond', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e9, noNaN: true }), (most) => {
        const scale = ticks(most);
        const step = scale[1]!;
        expect(scale[0]).toBe(0);
        expect(scale.at(-1)!).toBeGreaterThanOrEqual(most * (1 - 1e-9));
        expect(scale.at(-1)! - most).toBeLessThanOrEqual(step);
        expect(scale.length).toBeGreaterThanOrEqual(4);
        expect(scale.length).toBeLessThanOrEqual(8);
      }),
    );
  });

  test('a bar is as long as the median; names are text, and harmless', () => {
    const svg = barChart('Speed', 'Examples a second', [
      { name: 'a & <b>', values: [90, 100, 400], color: 0 },
      { name: 'c', values: [50], color: 1 },
    ]);
    const widths = [...svg.matchAll(/class="bar [^>]* width="([\d.]+)"/g)].map((m) => Number(m[1]));
    expect(widths[0]! / widths[1]!).toBeCloseTo(2);
    expect(svg).toContain('>a &#38; &#60;b&#62;</text>');
    expect(svg).toContain('c: 50.</desc>');
  });

  test('a line has a dot for each point, doublings are equally far apart, and ends that meet keep their names apart', () => {
    const at = (y: number) => [1, 2, 4].map((x) => ({ x, y }));
    const svg = lineChart('Speed', { label: 'batch', format: String }, 'examples a second', [
      { name: 'one', points: at(10) },
      { name: 'two', points: at(10) },
    ]);
    const dots = [...svg.matchAll(/cx="([\d.]+)"/g)].map((m) => Number(m[1]));
    expect(dots).toHaveLength(6);
    expect(dots[2]! - dots[1]!).toBeCloseTo(dots[1]! - dots[0]!);
    const places = [...svg.matchAll(/ y="([\d.]+)" text-anchor="start" class="name/g)];
    expect(Number(places[1]![1]) - Number(places[0]![1])).toBeCloseTo(16);
  });
});

describe('the accuracy report', () => {
  const rowsOf = (ours: number[], theirs: number[]): Accuracy => ({
    device: 'a processor',
    epochs: 2,
    seeds: [1, 2, 3],
    rows: [
      { name: 'ours', engine: 'firstlayer', version: '', accuracies: ours },
      { name: 'theirs', engine: 'tensorflow', version: '', accuracies: theirs },
    ],
  });

  test.each([
    [[0.97, 0.98, 0.99], 'within'],
    [[0.995, 0.996, 0.997], 'above'],
    [[0.95, 0.96, 0.95], 'below'],
  ])('%j is %s the spread of the peer', (ours, place) => {
    const text = accuracyText(rowsOf(ours, [0.97, 0.98, 0.99]));
    expect(text).toContain(`${place} the spread`);
  });
});

describe('options', () => {
  test('parts that take long are measured only when asked for', () => {
    expect(parseOptions([])?.parts).toEqual(['throughput', 'service']);
    expect(parseOptions(['--scaling', '--accuracy'])?.parts).toHaveLength(4);
    expect(parseOptions(['--only', 'scaling'])?.parts).toEqual(['scaling']);
  });

  test.each([['--only', 'speed'], ['--rounds', '0'], ['--steps', 'many'], ['--what']])(
    '%s %s is refused',
    (...args) => {
      expect(() => parseOptions(args.filter(Boolean))).toThrow();
    },
  );
});
