import { expect, it } from 'vitest';
import type { LayerConfig, LayerOf } from '../../../../shared/config.ts';
import { networkShape } from '../../../../shared/network-shape.ts';
import { seedRun } from '../../../../shared/presets.ts';
import { filledSize, layoutOf, WIDEST } from '../../../../main/trainer/graph/layout.ts';

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
const layout = (layers: LayerConfig[], batchSize: number, most = WIDEST): number[] => {
  const network = networkShape([...layers, ...ending], [28, 28, 1], 10);
  const { shards, sideBySide } = layoutOf(network, batchSize, most);
  return [shards, sideBySide];
};

it('is the widest for the seed network', () => {
  const { network, data } = seedRun();
  const shape = networkShape(network.layers, [28, 28, 1], 10);
  expect(layoutOf(shape, data.batchSize, WIDEST)).toEqual(WIDEST);
});

it.each([
  [1, [1, 1], 1],
  [2, [2, 1], 2],
  [7, [1, 1], 7],
  [12, [2, 2], 12],
  [17, [2, 1], 18],
  [48, [2, 8], 48],
  [100, [2, 4], 104],
  [125, [2, 8], 128],
])('of a batch of %i is %j, filled up to %i', (size, expected, filled) => {
  const [shards = 0, sideBySide = 0] = layout([convolution], size);
  expect([shards, sideBySide]).toEqual(expected);
  expect(filledSize(size, { shards, sideBySide })).toBe(filled);
});

it('is no wider than pays', () => {
  expect(layout([convolution], 128, { shards: 1, sideBySide: 8 })).toEqual([1, 8]);
  expect(layout([convolution], 128, { shards: 2, sideBySide: 1 })).toEqual([2, 1]);
});

it('keeps images apart for batch normalisation, which no image may fill up', () => {
  const normalization: LayerConfig = {
    type: 'batch-normalization',
    momentum: 0.9,
    epsilon: 1e-3,
    activation: 'relu',
  };
  expect(layout([convolution, normalization], 128)).toEqual([2, 1]);
});

it.each<[string, LayerConfig[]]>([
  ['a stride', [{ ...convolution, stride: [1, 2] }]],
  ['an even window with zeros around', [{ ...convolution, kernel: [3, 2] }]],
  ['explicit zeros', [{ ...convolution, padding: { top: 1, bottom: 1, left: 1, right: 1 } }]],
  ['no convolution', []],
])('lays no images side by side with %s', (_, layers) => {
  expect(layout(layers, 128)).toEqual([2, 1]);
});
