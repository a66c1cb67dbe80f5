import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseOptions } from '../../bench/options.ts';
import { accuracyText } from '../../bench/report/accuracy.ts';
import { barChart } from '../../bench/report/charts/bar-chart.ts';
import { lineChart } from '../../bench/report/charts/line-chart.ts';
import { ticks } from '../../bench/report/charts/svg.ts';

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
    const { svg } = barChart('Speed', 'Examples a second', [
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
    const { svg } = lineChart('Speed', { label: 'batch', format: String }, 'examples a second', [
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
  const rowOf = (name: string, engine: 'firstlayer' | 'tensorflow', accuracies: number[]) => ({
    name,
    engine,
    library: '',
    settings: '',
    accuracies,
  });
  const textOf = (ours: number[]): string =>
    accuracyText({
      epochs: 2,
      seeds: [1, 2, 3],
      rows: [
        rowOf('ours', 'firstlayer', ours),
        rowOf('theirs', 'tensorflow', [0.98, 0.981, 0.982]),
      ],
      leftOut: [],
    });

  test.each([
    [[0.98, 0.981, 0.982], 'no difference shown; at most 0.23 worse or 0.23 better'],
    [[0.99, 0.991, 0.992], 'better by 0.77 to 1.23'],
    [[0.97, 0.971, 0.972], 'worse by 0.77 to 1.23'],
  ])('%j: %s', (ours, verdict) => {
    expect(textOf(ours)).toContain(verdict);
  });
});

describe('options', () => {
  test('parts that take long are measured only when asked for', () => {
    expect(parseOptions([])?.parts).toEqual(['throughput', 'cifar', 'service']);
    expect(parseOptions(['--scaling', '--accuracy'])?.parts).toHaveLength(5);
    expect(parseOptions(['--only', 'scaling'])?.parts).toEqual(['scaling']);
  });

  test.each([
    ['--only', 'speed'],
    ['--starts', '0'],
    ['--rounds', '0'],
    ['--seconds', '0'],
    ['--steps', '5'],
    ['--only', 'cifar-accuracy'],
  ])('%s %s is refused', (...args) => {
    expect(() => parseOptions(args.filter(Boolean))).toThrow();
  });
});
