import { expect, it } from 'vitest';
import { dropoutRateOf, withDropoutRate } from '../../../shared/dropout-rates.ts';
import { presets, seedRun } from '../../../shared/presets.ts';

const ratesOf = (config: ReturnType<typeof seedRun>): number[] =>
  config.network.layers.flatMap((layer) => (layer.type === 'dropout' ? [layer.rate] : []));

it('the seed network drops 0.2 after each convolution and 0.5 after the dense layer', () => {
  expect(dropoutRateOf(seedRun(), 'convolution')).toBe(0.2);
  expect(dropoutRateOf(seedRun(), 'dense')).toBe(0.5);
});

it('a rate is set for all dropouts of its place, and for no other', () => {
  expect(ratesOf(withDropoutRate(seedRun(), 'convolution', 0.1))).toEqual([0.1, 0.1, 0.1, 0.5]);
  expect(ratesOf(withDropoutRate(seedRun(), 'dense', 0.4))).toEqual([0.2, 0.2, 0.2, 0.4]);
  const denseOnly = presets['dense-only']!();
  expect(ratesOf(withDropoutRate(denseOnly, 'dense', 0.1))).toEqual([0.1, 0.1]);
  expect(withDropoutRate(denseOnly, 'convolution', 0.1)).toEqual(denseOnly);
});

it('a network without dropout there has no such rate', () => {
  expect(dropoutRateOf(presets['dense-only']!(), 'convolution')).toBeNull();
  expect(dropoutRateOf(presets['lenet-5']!(), 'dense')).toBeNull();
});
