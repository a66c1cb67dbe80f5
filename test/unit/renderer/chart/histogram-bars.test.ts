import { expect, it } from 'vitest';
import { histogramBars, outlineOf } from '../../../../renderer/chart/histogram-bars.ts';

const histogram = {
  layer: 0,
  name: 'dense_1',
  least: 0,
  most: 4,
  counts: [70, 20, 0, 10],
  zeros: 0.6,
};

it('bars are as high as their counts, without what is exactly 0', () => {
  expect(histogramBars(histogram)).toEqual([
    { from: 0, to: 0.25, height: 0.5 },
    { from: 0.25, to: 0.5, height: 1 },
    { from: 0.5, to: 0.75, height: 0 },
    { from: 0.75, to: 1, height: 0.5 },
  ]);
});

it('two histograms stand on one axis', () => {
  const bars = histogramBars(histogram, { least: -4, most: 4 });
  expect(bars.map(({ from }) => from)).toEqual([0.5, 0.625, 0.75, 0.875]);
  expect(outlineOf(bars.slice(0, 1), { width: 80, height: 10 })).toBe('M40.0 5.0L50.0 5.0');
});

it('numbers that are all the same have no bars', () => {
  expect(histogramBars({ ...histogram, most: 0, counts: [100, 0, 0, 0], zeros: 1 })).toEqual([]);
});
