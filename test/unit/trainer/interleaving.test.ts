import { expect, it } from 'vitest';
import type { LayerConfig, LayerOf } from '../../../shared/config.ts';
import { networkShape } from '../../../shared/network-shape.ts';
import { seedRun } from '../../../shared/presets.ts';
import { imagesSideBySide } from '../../../main/trainer/graph/interleaving.ts';

const convolution: LayerOf<'convolution'> = {
  type: 'convolution',
  filters: 4,
  kernel: [3, 3],
  stride: [1, 1],
  padding: 'same',
  bias: true,
  activation: 'relu',
  start: { type: 'he' },
};
const ending: LayerConfig[] = [
  { type: 'flatten' },
  { type: 'dense', units: 10, bias: true, activation: 'none', start: { type: 'he' } },
];
const count = (layers: LayerConfig[], batchSize: number, most = 8): number =>
  imagesSideBySide(networkShape([...layers, ...ending], [28, 28, 1], 10), batchSize, most);

it('is eight for the seed network', () => {
  const { network, data } = seedRun();
  expect(imagesSideBySide(networkShape(network.layers, [28, 28, 1], 10), data.batchSize, 8)).toBe(
    8,
  );
});

it('divides the batch, so that only an epoch’s last one is filled up', () => {
  expect([1, 2, 7, 12, 20, 40, 100].map((size) => count([convolution], size))).toEqual([
    1, 2, 1, 4, 4, 8, 4,
  ]);
});

it('is no more than TensorFlow can', () => {
  expect(count([convolution], 128, 1)).toBe(1);
});

it.each<[string, LayerConfig[]]>([
  ['a stride', [{ ...convolution, stride: [1, 2] }]],
  ['an even window with zeros around', [{ ...convolution, kernel: [3, 2] }]],
  ['explicit zeros', [{ ...convolution, padding: { top: 1, bottom: 1, left: 1, right: 1 } }]],
  [
    'batch normalisation',
    [
      convolution,
      { type: 'batch-normalization', momentum: 0.9, epsilon: 1e-3, activation: 'relu' },
    ],
  ],
  ['no convolution', []],
])('is one with %s', (_, layers) => {
  expect(count(layers, 128)).toBe(1);
});
