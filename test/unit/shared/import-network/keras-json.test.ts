import { describe, expect, it } from 'vitest';
import type { LayerConfig } from '../../../../shared/config.ts';
import { networkOfKeras } from '../../../../shared/import-network/keras-json.ts';
import { jsonOfPython } from '../../../../shared/import-network/python-literal.ts';
import { FailureError } from '../../../../shared/ipc.ts';
import { networkShape } from '../../../../shared/network-shape.ts';
import {
  kerasInputs,
  kerasParameters,
  kerasText,
  type KerasModel,
} from '../../../support/keras-models.ts';

const glorot = { type: 'glorot' } as const;
const lenet: LayerConfig[] = [
  {
    ...{ type: 'convolution', filters: 6, kernel: [5, 5], stride: [1, 1], padding: 'same' },
    ...{ bias: true, activation: 'tanh', start: glorot },
  },
  { type: 'pooling', kind: 'average', size: [2, 2], stride: [2, 2], padding: 'valid' },
  {
    ...{ type: 'convolution', filters: 16, kernel: [5, 5], stride: [1, 1], padding: 'valid' },
    ...{ bias: true, activation: 'tanh', start: glorot },
  },
  { type: 'pooling', kind: 'average', size: [2, 2], stride: [2, 2], padding: 'valid' },
  { type: 'flatten' },
  { type: 'dense', units: 120, bias: true, activation: 'tanh', start: glorot },
  { type: 'dense', units: 84, bias: true, activation: 'tanh', start: glorot },
  { type: 'dense', units: 10, bias: true, activation: 'none', start: glorot },
];
const chain: LayerConfig[] = [
  {
    ...{ type: 'convolution', filters: 8, kernel: [3, 5], stride: [2, 2] },
    padding: { top: 1, bottom: 2, left: 3, right: 4 },
    ...{ bias: true, activation: 'elu', start: { type: 'he' } },
  },
  { type: 'pooling', kind: 'max', size: [2, 3], stride: [1, 2], padding: 'same' },
  { type: 'batch-normalization', momentum: 0.99, epsilon: 0.001, activation: 'leaky-relu' },
  { type: 'dropout', rate: 0.1 },
  { type: 'flatten' },
  {
    ...{ type: 'dense', units: 32, bias: true, activation: 'gelu' },
    start: { type: 'truncated-normal', deviation: 0.02 },
  },
  { type: 'dense', units: 10, bias: true, activation: 'none', start: glorot },
];

const read = (version: string, model: string) =>
  networkOfKeras(JSON.parse(kerasText(version, `${model}.json`)));
/** A model of Keras 3 with these layers after images of 28×28. */
const modelOf = (...layers: [kind: string, settings: object][]): unknown => ({
  class_name: 'Sequential',
  config: {
    name: 'made',
    layers: layers.map(([class_name, config]) => ({ class_name, config })),
  },
});
const dense = (settings: object = {}): [string, object] => [
  'Dense',
  { name: 'd', units: 10, activation: 'linear', use_bias: true, ...settings },
];
const refusal = (data: unknown): FailureError['failure'] => {
  try {
    networkOfKeras(data);
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
  throw new Error('it was read');
};

describe.each(['2', '3'])('JSON of Keras %s', (version) => {
  it('makes LeNet-5, and says that its softmax is part of the loss', () => {
    const { name, layers, notes, input } = read(version, 'lenet');
    expect(layers).toEqual(lenet);
    expect([name, input]).toEqual(['lenet_5', [28, 28, 1]]);
    expect(notes).toEqual(['The softmax at the end is left out: here it is part of the loss.']);
  });

  it('makes a chain of a functional model, with borders and activations of their own', () => {
    expect(read(version, 'chain').layers).toEqual(chain);
  });

  it.each(Object.keys(kerasParameters) as KerasModel[])(
    'has as many parameters as Keras counts, in %s',
    (model) => {
      const { parameters } = networkShape(read(version, model).layers, kerasInputs[model], 10);
      expect(parameters).toBe(kerasParameters[model]);
    },
  );

  it('keeps the normalisation, its momentum and the activation after it together', () => {
    const { layers, notes } = read(version, 'vgg');
    expect(layers.slice(0, 2)).toMatchObject([
      { type: 'convolution', filters: 32, bias: false, activation: 'none' },
      { type: 'batch-normalization', momentum: 0.9, activation: 'relu' },
    ]);
    expect(layers.filter(({ type }) => type === 'dropout')).toEqual(
      [0.25, 0.25, 0.25, 0.5].map((rate) => ({ type: 'dropout', rate })),
    );
    expect(notes).toEqual([]);
  });

  it('refuses a model that branches, and names each layer that there is not', () => {
    const { what, remedy } = refusal(JSON.parse(kerasText(version, 'branched.json')));
    expect(what).toMatch(
      /layer 3, conv2d_\d+ \(Conv2D\): its input is not the one layer before it/,
    );
    expect(what).toMatch(/layer 4, add \(Add\): .*there is no layer like "Add" here/);
    expect(remedy).toContain('Take it out of the model');
  });

  it('is the same as what Python prints of get_config()', () => {
    const printed: unknown = JSON.parse(jsonOfPython(kerasText(version, 'lenet.config')));
    expect(networkOfKeras(printed).layers).toEqual(lenet);
  });
});

describe('a model of Keras', () => {
  it('may have a model as a layer', () => {
    const inner = modelOf(['Flatten', { name: 'f' }], dense({ units: 7, activation: 'relu' }));
    const { config } = inner as { config: object };
    expect(networkOfKeras(modelOf(['Sequential', config], dense())).layers).toMatchObject([
      { type: 'flatten' },
      { type: 'dense', units: 7, activation: 'relu' },
      { type: 'dense', units: 10, activation: 'none' },
    ]);
  });

  it('passes an activation over what it may come before as well', () => {
    const convolution = {
      ...{ filters: 4, kernel_size: 3, strides: 1, padding: 'same', activation: 'linear' },
      use_bias: true,
    };
    const { layers } = networkOfKeras(
      modelOf(
        ['Conv2D', convolution],
        ['MaxPooling2D', { pool_size: 2, strides: null, padding: 'valid' }],
        ['Activation', { activation: 'tanh' }],
        ['Flatten', {}],
        dense(),
      ),
    );
    expect(layers.slice(0, 2)).toMatchObject([
      { type: 'convolution', kernel: [3, 3], activation: 'tanh' },
      { type: 'pooling', size: [2, 2], stride: [2, 2] },
    ]);
  });

  it.each([
    [
      'an activation after averages',
      [
        ['AveragePooling2D', { pool_size: 2, padding: 'valid' }],
        ['ReLU', { name: 'r' }],
      ],
      'layer 2, r (ReLU): an activation belongs to',
    ],
    [
      'a second activation',
      [dense({ activation: 'relu' }), ['ReLU', {}]],
      'has an activation already',
    ],
    ['softmax in between', [dense({ activation: 'softmax' }), dense()], 'softmax only at the end'],
    [
      'an unknown activation',
      [dense({ activation: 'mish' })],
      'there is no activation "mish" here',
    ],
    ['a window with gaps', [['Conv2D', { dilation_rate: [2, 2] }]], 'dilation_rate'],
    ['groups', [['Conv2D', { groups: 2 }]], 'groups'],
    ['a ReLU that ends', [['ReLU', { max_value: 6 }]], 'max_value'],
    [
      'zeros before no convolution',
      [['ZeroPadding2D', { padding: 1 }], dense()],
      'a convolution right after',
    ],
    ['zeros at the end', [dense(), ['ZeroPadding2D', { padding: 1 }]], 'no convolution follows'],
    ['an unknown layer', [['__proto__', {}]], 'there is no layer like "__proto__" here'],
  ] as [string, [string, object][], string][])('with %s is refused', (_name, layers, reason) => {
    expect(refusal(modelOf(...layers)).what).toContain(reason);
  });

  it.each([
    ['units that there cannot be', { units: 0 }, 'units'],
    ['units that are no number', { units: 'many' }, 'units'],
  ])('with %s is refused, and the layer named', (_name, settings, named) => {
    const { what, where } = refusal(modelOf(dense(settings)));
    expect(what).toContain(named);
    expect(where).toContain('layer 1, d (Dense)');
  });

  it('is told of what is another here', () => {
    const { notes, layers } = networkOfKeras(
      modelOf(
        ['Rescaling', { scale: 1 }],
        ['RandomFlip', {}],
        ['Flatten', { data_format: 'channels_first' }],
        dense({
          activation: 'linear',
          kernel_initializer: { class_name: 'LecunNormal', config: {} },
        }),
        ['LeakyReLU', { negative_slope: 0.3 }],
        ['GaussianNoise', { stddev: 1 }],
        dense({ activation: 'sigmoid', kernel_regularizer: { class_name: 'L2' } }),
      ),
    );
    expect(layers.map(({ type }) => type)).toEqual(['flatten', 'dense', 'dense']);
    for (const told of [
      ...['Rescaling', 'RandomFlip', 'channels', 'LecunNormal', 'slope 0.2', 'GaussianNoise'],
      ...['weight decay', 'sigmoid'],
    ])
      expect(notes.join(' ').toLowerCase()).toContain(told.toLowerCase());
  });
});
