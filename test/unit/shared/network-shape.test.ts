import { describe, expect, it } from 'vitest';
import type { LayerConfig, LayerOf } from '../../../shared/config.ts';
import { networkShape, trainingBytes } from '../../../shared/network-shape.ts';
import { seedNetwork } from '../../../shared/preset-networks.ts';
import { presets } from '../../../shared/presets.ts';

const mnist = [28, 28, 1] as const;

describe('the seed network', () => {
  const shape = networkShape(seedNetwork().layers, mnist, 10);

  it('has 1,378,698 parameters', () => {
    expect(shape.parameters).toBe(1_378_698);
  });

  it('halves the image three times, to 4×4×128', () => {
    const pools = shape.layers.filter(({ layer }) => layer.type === 'pooling');
    expect(pools.map(({ output }) => output)).toEqual([
      [14, 14, 32],
      [7, 7, 64],
      [4, 4, 128],
    ]);
  });

  it('multiplies and adds 8,737,386 times an example: each output once for each weight that reaches it', () => {
    const expected = [28 * 28 * 288, 14 * 14 * 18_432, 7 * 7 * 73_728, 2048 * 625, 625 * 10];
    const counts = shape.layers.map(({ multiplyAdds }) => multiplyAdds);
    expect(counts.filter((count) => count > 0)).toEqual(expected);
    expect(shape.multiplyAdds).toBe(8_737_386);
  });

  it('takes 4 bytes a weight and 4 a value of each layer’s output', () => {
    expect(shape.memory.parameters).toBe(4 * 1_378_698);
    const blocks = [
      [28, 14, 32],
      [14, 7, 64],
      [7, 4, 128],
    ] as const;
    const bytes = blocks.map(([size, pooled, filters]) => [
      4 * size * size * filters,
      4 * pooled * pooled * filters,
      4 * pooled * pooled * filters,
    ]);
    const rows = [2048, 625, 625, 10].map((units) => 4 * units);
    expect(shape.layers.map(({ memory }) => memory.activations)).toEqual([
      ...bytes.flat(),
      ...rows,
    ]);
    expect(shape.memory.activations).toBe([...bytes.flat(), ...rows].reduce((a, b) => a + b));
  });

  it('needs more memory to train, in proportion to the batch', () => {
    const needed = [0, 128, 256].map((batchSize) => trainingBytes(shape.memory, batchSize));
    expect(needed[0]).toBe(4 * shape.memory.parameters);
    expect(needed[2]! - needed[1]!).toBe(needed[1]! - needed[0]!);
    const each = shape.layers.map(({ memory }) => trainingBytes(memory, 128));
    expect(each.reduce((a, b) => a + b)).toBe(needed[1]);
  });

  it('shares parameters: its first convolution has 288, a dense layer in its place would have 19,668,992', () => {
    expect(shape.layers[0]).toMatchObject({
      parameters: 288,
      denseConnections: 784 * 28 * 28 * 32,
    });
  });
});

it.each(Object.entries(presets))('preset %s fits together', (_, preset) => {
  expect(() => networkShape(preset().network.layers, mnist, 10)).not.toThrow();
});

it('preset small-and-fast has at most a tenth of the seed network’s parameters', () => {
  const [small, seed] = ['small-and-fast', 'seed-network'].map(
    (name) => networkShape(presets[name]!().network.layers, mnist, 10).parameters,
  );
  expect(small! / seed!).toBeLessThanOrEqual(0.1);
});

const start = { type: 'he' } as const;
const convolution = (
  kernel: [number, number],
  options: Partial<LayerOf<'convolution'>> = {},
): LayerConfig => ({
  type: 'convolution',
  filters: 5,
  kernel,
  stride: [1, 1],
  padding: 'valid',
  bias: true,
  activation: 'relu',
  start,
  ...options,
});
const pooling: LayerOf<'pooling'> = {
  type: 'pooling',
  kind: 'l2',
  size: [3, 3],
  stride: [2, 2],
  padding: 'valid',
};
const dense = (units: number, activation: 'none' | 'relu' = 'none'): LayerConfig => ({
  type: 'dense',
  units,
  bias: true,
  activation,
  start,
});

it('counts every kind of layer', () => {
  const layers: LayerConfig[] = [
    convolution([4, 3], { stride: [2, 1], padding: { top: 1, bottom: 2, left: 0, right: 3 } }),
    { type: 'batch-normalization', momentum: 0.9, epsilon: 1e-3, activation: 'none' },
    pooling,
    { type: 'dropout', rate: 0.5 },
    convolution([2, 2], { padding: 'same', stride: [2, 3], filters: 7, bias: false }),
    { type: 'global-average-pooling' },
    dense(10),
  ];
  const { layers: shapes, parameters } = networkShape(layers, [22, 16, 2], 10);
  expect(
    shapes.map((shape) => [
      shape.output,
      shape.parameters,
      shape.multiplyAdds,
      shape.denseConnections,
      shape.pads,
    ]),
  ).toEqual([
    // (22 − 4 + 3) / 2 + 1 = 11.5, of which only zeros are left out, and (16 − 3 + 3) / 1 + 1 = 17
    [[11, 17, 5], 120 + 5, 120 * 187, 704 * 935, { height: [1, 2], width: [0, 3] }],
    [[11, 17, 5], 10, 0, 935 * 935, none],
    // (11 − 3) / 2 + 1 = 5 and (17 − 3) / 2 + 1 = 8
    [[5, 8, 5], 0, 0, 935 * 200, none],
    [[5, 8, 5], 0, 0, 200 * 200, none],
    // ⌈5 / 2⌉ and ⌈8 / 3⌉; one row of zeros, which goes after
    [[3, 3, 7], 140, 140 * 9, 200 * 63, { height: [0, 1], width: [0, 0] }],
    [[7], 0, 0, 63 * 7, none],
    [[10], 80, 70, 70, none],
  ]);
  expect(parameters).toBe(125 + 10 + 140 + 80);
});
const none = { height: [0, 0], width: [0, 0] };

it('keeps a mean and a variance for each scale and shift of batch normalisation', () => {
  const normalization: LayerConfig = {
    type: 'batch-normalization',
    momentum: 0.9,
    epsilon: 1e-3,
    activation: 'none',
  };
  const layers: LayerConfig[] = [
    convolution([3, 3]),
    normalization,
    { type: 'flatten' },
    dense(10),
  ];
  const { parameters, memory } = networkShape(layers, mnist, 10).layers[1]!;
  expect([parameters, memory.parameters]).toEqual([2 * 5, 4 * 4 * 5]);
});

it('may drop scores', () => {
  const layers: LayerConfig[] = [{ type: 'flatten' }, dense(10), { type: 'dropout', rate: 0.5 }];
  expect(() => networkShape(layers, mnist, 10)).not.toThrow();
});

it.each<[string, LayerConfig, [number, number]]>([
  // (9 − 3) / 2 + 1 = 4 and (8 − 3) / 2 + 1 = 3.5
  ['pooling', pooling, [4, 3]],
  // (9 − 2) / 4 + 1 = 2.75 and (8 − 2) / 5 + 1 = 2.2
  ['a convolution', convolution([2, 2], { stride: [4, 5] }), [2, 2]],
  // (9 − 3 + 2) / 3 + 1 = 3.67 and (8 − 3 + 2) / 4 + 1 = 2.75
  [
    'a convolution with zeros',
    convolution([3, 3], { stride: [3, 4], padding: { top: 2, bottom: 0, left: 1, right: 1 } }),
    [3, 2],
  ],
])('a stride that leaves a rest is rounded down, as TensorFlow does it: %s', (_, layer, size) => {
  const list: LayerConfig[] = [layer, { type: 'global-average-pooling' }, dense(10)];
  expect(networkShape(list, [9, 8, 1], 10).layers[0]?.output.slice(0, 2)).toEqual(size);
});

describe('what cannot be is named with its place', () => {
  const shrinking: LayerConfig = { ...pooling, size: [10, 10], stride: [1, 1] };
  it.each<[string, LayerConfig[], RegExp]>([
    [
      'a window larger than the image',
      [convolution([30, 3])],
      /its window of 30 is larger than the height it slides over, 28 \+ 0 of padding\. \(network\.layers\.0 \(convolution\)\)/,
    ],
    [
      'a window larger than the image and its padding',
      [convolution([3, 40], { padding: { top: 0, bottom: 0, left: 5, right: 6 } })],
      /its window of 40 is larger than the width it slides over, 28 \+ 11 of padding/,
    ],
    [
      'windows that lie in the padding',
      [convolution([3, 3], { stride: [40, 1], padding: { top: 3, bottom: 0, left: 2, right: 0 } })],
      /no window reaches the image along its height, 28 after 3 of padding/,
    ],
    [
      'one pooling too many',
      [shrinking, shrinking, shrinking, shrinking],
      /its window of 10 is larger than the height it slides over, 1 .*network\.layers\.3 \(pooling\)/,
    ],
    ['a convolution of a row', [{ type: 'flatten' }, convolution([3, 3])], /network\.layers\.1/],
    ['pooling of a row', [{ type: 'flatten' }, pooling], /needs an image/],
    [
      'global average pooling of a row',
      [{ type: 'flatten' }, { type: 'global-average-pooling' }],
      /needs an image/,
    ],
    ['a dense layer on an image', [dense(10)], /28×28×1/],
    ['an end that is not ten scores', [{ type: 'flatten' }], /its output is 784/],
    ['an image at the end', [convolution([28, 28], { filters: 10 })], /its output is 1×1×10/],
    [
      'scores with an activation',
      [{ type: 'flatten' }, dense(10, 'relu')],
      /its output is 10, activation relu/,
    ],
    [
      'scores with an activation before a dropout',
      [{ type: 'flatten' }, dense(10, 'relu'), { type: 'dropout', rate: 0.5 }],
      /its output is 10, activation relu, .* without activation\. \(network\.layers\) End with .*; a dropout may follow\./,
    ],
    [
      'scores with an activation before a flatten',
      [convolution([28, 28], { filters: 10 }), { type: 'flatten' }],
      /its output is 10, activation relu/,
    ],
    [
      'ten scores that nothing has learned',
      [
        { ...pooling, size: [14, 6], stride: [14, 6], padding: 'same' },
        { type: 'dropout', rate: 0.5 },
        { type: 'flatten' },
      ],
      /none of its layers has weights, so there is nothing to learn\. \(network\.layers\) Add a convolution or a dense layer/,
    ],
  ])('%s', (_, layers, named) => {
    expect(() => networkShape(layers, mnist, 10)).toThrow(named);
  });
});
