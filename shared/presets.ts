import type { LayerConfig, LayerOf, RunConfig } from './config.ts';

type Network = RunConfig['network'];

const normal = { type: 'normal', deviation: 0.01 } as const;

/** Dropout of the seed network, as the probability of dropping a unit. */
export interface SeedDropout {
  convolution: number;
  dense: number;
}
export const seedDropout: SeedDropout = { convolution: 0.2, dense: 0.5 };

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

const maxPooling: LayerOf<'pooling'> = {
  type: 'pooling',
  kind: 'max',
  size: [2, 2],
  stride: [2, 2],
  padding: 'same',
};

/** The network of the 2016 tutorial program: 1,378,698 parameters, no biases. */
export function seedNetwork(dropout: SeedDropout = seedDropout): Network {
  const block = (filters: number): LayerConfig[] => [
    seedConvolution(filters),
    maxPooling,
    { type: 'dropout', rate: dropout.convolution },
  ];
  return {
    name: 'Seed network',
    layers: [
      ...block(32),
      ...block(64),
      ...block(128),
      { type: 'flatten' },
      { type: 'dense', units: 625, bias: false, activation: 'relu', start: normal },
      { type: 'dropout', rate: dropout.dense },
      { type: 'dense', units: 10, bias: false, activation: 'none', start: normal },
    ],
  };
}

/** A whole run as the tutorial program did it. */
export function seedRun(): RunConfig {
  return {
    network: seedNetwork(),
    optimizer: {
      rule: { type: 'rmsprop', decay: 0.9, momentum: 0, epsilon: 1e-10, meanSquareStart: 1 },
      learningRate: 0.001,
      schedule: { type: 'constant' },
      warmUpSteps: 0,
      weightDecay: 0,
      clipNorm: null,
      labelSmoothing: 0,
      reduceOnPlateau: null,
    },
    data: { dataset: 'mnist', batchSize: 128, validationSize: 5_000, augmentation: null },
    training: { epochs: 10, maxSteps: null, earlyStopping: null, seed: 1, precision: 'auto' },
  };
}
