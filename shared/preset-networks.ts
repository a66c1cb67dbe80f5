import { fields } from './fields.ts';
import type { LayerConfig, LayerOf, RunConfig } from './config.ts';
import type { ImageShape } from './network-shape.ts';

/** The networks of the presets, for any images. */

type Network = RunConfig['network'];

/** Number of MNIST's training images; some may be kept for validation. */
export const MNIST_IMAGES = 60_000;
export const MNIST_TEST_IMAGES = 10_000;

/** The images for which a preset's network is made by default. */
export const mnistData: ImageShape = { height: 28, width: 28, channels: 1, classes: 10 };

const normal = { type: 'normal', deviation: 0.01 } as const;

/** A convolution with bias and He's initial weights, as in networks since 2015. */
export const convolution = (
  filters: number,
  kernel: number,
  options: Partial<LayerOf<'convolution'>> = {},
): LayerOf<'convolution'> => ({
  type: 'convolution',
  filters,
  kernel: [kernel, kernel],
  stride: [1, 1],
  padding: 'same',
  bias: true,
  activation: 'relu',
  start: { type: 'he' },
  ...options,
});

export const dense = (
  units: number,
  options: Partial<LayerOf<'dense'>> = {},
): LayerOf<'dense'> => ({
  type: 'dense',
  units,
  bias: true,
  activation: 'relu',
  start: { type: 'he' },
  ...options,
});

/** The last layer: a score for each class. */
export const scores = ({ classes }: Pick<ImageShape, 'classes'>): LayerOf<'dense'> =>
  dense(classes, { activation: 'none', start: { type: 'glorot' } });

/** Pooling that leaves a quarter of the values, whatever the size of the image. */
export const pooling = (kind: LayerOf<'pooling'>['kind']): LayerOf<'pooling'> => ({
  type: 'pooling',
  kind,
  size: [2, 2],
  stride: [2, 2],
  padding: 'same',
});

const seedConvolution = (filters: number): LayerOf<'convolution'> => ({
  type: 'convolution',
  filters,
  kernel: [3, 3],
  stride: [1, 1],
  padding: 'same',
  bias: false,
  activation: 'relu',
  start: normal,
});

/** The network of the 2016 tutorial program: on MNIST 1,378,698 parameters, no biases. */
export function seedNetwork({ classes } = mnistData): Network {
  const block = (filters: number): LayerConfig[] => [
    seedConvolution(filters),
    pooling('max'),
    { type: 'dropout', rate: 0.2 },
  ];
  return {
    name: 'Seed network',
    layers: [
      ...block(32),
      ...block(64),
      ...block(128),
      { type: 'flatten' },
      { type: 'dense', units: 625, bias: false, activation: 'relu', start: normal },
      { type: 'dropout', rate: 0.5 },
      { type: 'dense', units: classes, bias: false, activation: 'none', start: normal },
    ],
  };
}

/**
 * LeNet-5 of LeCun et al. 1998, with its tanh and average pooling. The paper's images are 32×32: for smaller ones the first convolution
 * pads by two, which makes 32×32 of 28×28.
 */
export function leNet5(data: ImageShape): Network {
  const side = Math.min(data.height, data.width);
  const start = { type: 'glorot' } as const;
  const tanh = { activation: 'tanh', start } as const;
  const border = { top: 2, bottom: 2, left: 2, right: 2 };
  return {
    name: 'LeNet-5',
    layers: [
      convolution(6, 5, { ...tanh, padding: side >= 32 ? 'valid' : border }),
      pooling('average'),
      // What is left of very small images is smaller than a 5×5 window.
      convolution(16, 5, { ...tanh, padding: side >= 10 ? 'valid' : 'same' }),
      pooling('average'),
      { type: 'flatten' },
      dense(120, tanh),
      dense(84, tanh),
      scores(data),
    ],
  };
}

/** Springenberg et al. 2015: strided convolutions take the place of pooling. */
export function allConvolutional({ classes }: ImageShape): Network {
  return {
    name: 'All-convolutional',
    layers: [
      convolution(32, 3),
      convolution(32, 3, { stride: [2, 2] }),
      { type: 'dropout', rate: 0.2 },
      convolution(64, 3),
      convolution(64, 3, { stride: [2, 2] }),
      { type: 'dropout', rate: 0.2 },
      convolution(64, 3),
      convolution(classes, 1, { activation: 'none' }),
      { type: 'global-average-pooling' },
    ],
  };
}

/** What the tutorial argues against: every pixel connected to every unit. It has about as many parameters as the seed network. */
export function denseOnly(data: ImageShape): Network {
  return {
    name: 'Dense only',
    layers: [
      { type: 'flatten' },
      dense(800),
      { type: 'dropout', rate: 0.5 },
      dense(800),
      { type: 'dropout', rate: 0.5 },
      scores(data),
    ],
  };
}

/** A network with less than a tenth of the seed network's parameters. */
export const smallNetwork = (data: ImageShape): Network => ({
  name: 'Small and fast',
  layers: [
    convolution(16, 3),
    pooling('max'),
    convolution(32, 3),
    pooling('max'),
    convolution(64, 3),
    pooling('max'),
    { type: 'flatten' },
    dense(96),
    scores(data),
  ],
});

/** Three blocks of two convolutions with batch normalisation, as in VGG (Simonyan and Zisserman 2015), for small pictures in colour. */
export function cifarNetwork(data: ImageShape): Network {
  const normalized = (filters: number): LayerConfig[] => [
    convolution(filters, 3, { bias: false, activation: 'none' }),
    {
      type: 'batch-normalization',
      // Ten epochs are short, so the running statistics must adapt fast.
      momentum: 0.9,
      epsilon: fields['network.layers.batch-normalization.epsilon'].default,
      activation: 'relu',
    },
  ];
  const block = (filters: number): LayerConfig[] => [
    ...normalized(filters),
    ...normalized(filters),
    pooling('max'),
  ];
  return {
    name: 'Cifar',
    layers: [
      ...block(32),
      ...block(64),
      ...block(128),
      { type: 'global-average-pooling' },
      scores(data),
    ],
  };
}
