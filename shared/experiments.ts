import type { Activation, LayerConfig, LayerOf, RunConfig, WeightStart } from './config.ts';
import {
  convolution,
  dense,
  mnistData,
  pooling,
  scores as classScores,
} from './preset-networks.ts';
import { seedRun } from './presets.ts';

/** The experiments of Learn: each trains two small networks from one seed, which differ in one thing. */

export const experimentIds = [
  'relu-sigmoid',
  'pooling-strided',
  'pooling-none',
  'sharing-dense',
  'start-small',
  'start-large',
] as const;
export type ExperimentId = (typeof experimentIds)[number];

/** One of the two networks. */
export interface ExperimentSide {
  /** In a few words that go on in a sentence. */
  name: string;
  layers: readonly LayerConfig[];
}

export interface Experiment {
  /** What it is about, in a few words. */
  title: string;
  /** What is the same on both sides, and what differs. */
  differs: string;
  sides: readonly [ExperimentSide, ExperimentSide];
  optimizer: Pick<RunConfig['optimizer'], 'rule' | 'learningRate'>;
  steps: number;
}

/** Examples of MNIST that the networks are trained on and judged by, from the beginning of both parts. */
export const EXPERIMENT_TRAINING = 6000;
export const EXPERIMENT_VALIDATION = 1000;
const BATCH = 64;

const flatten: LayerConfig = { type: 'flatten' };
const scores = classScores(mnistData);
const halved = pooling('max');
const strided = { stride: [2, 2] } satisfies Partial<LayerOf<'convolution'>>;

/** Three convolutions and two dense layers, where a gradient has a long way back. */
const deep = (activation: Activation, start: WeightStart): LayerConfig[] => [
  convolution(8, 3, { ...strided, activation, start }),
  convolution(16, 3, { ...strided, activation, start }),
  convolution(16, 3, { activation, start }),
  flatten,
  dense(32, { activation, start }),
  dense(10, { activation: 'none', start }),
];

const descent: Experiment['optimizer'] = { rule: { type: 'sgd' }, learningRate: 0.1 };
const adam: Experiment['optimizer'] = {
  rule: { type: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  learningRate: 0.002,
};

const sideWords = { sigmoid: 'sigmoid', maxPooling: 'max-pooling' };

const pooled: ExperimentSide = {
  name: sideWords.maxPooling,
  layers: [convolution(8, 3), halved, convolution(16, 3), halved, flatten, scores],
};
const he: ExperimentSide = { name: 'He’s start', layers: deep('relu', { type: 'he' }) };
const normal = (deviation: number): LayerConfig[] => deep('relu', { type: 'normal', deviation });

export const experiments: Record<ExperimentId, Experiment> = {
  'relu-sigmoid': {
    title: 'ReLU against sigmoid',
    differs:
      'Three convolutions and two dense layers, plain gradient descent. Only the activation differs.',
    sides: [
      { name: 'ReLU', layers: deep('relu', { type: 'glorot' }) },
      { name: sideWords.sigmoid, layers: deep('sigmoid', { type: 'glorot' }) },
    ],
    optimizer: descent,
    steps: 300,
  },
  'pooling-strided': {
    title: 'Pooling against a stride of 2',
    differs:
      'Two convolutions and a dense layer, equally many weights. One pools after each convolution, the other moves its kernel by 2.',
    sides: [
      pooled,
      {
        name: 'a stride of 2',
        layers: [convolution(8, 3, strided), convolution(16, 3, strided), flatten, scores],
      },
    ],
    optimizer: adam,
    steps: 300,
  },
  'pooling-none': {
    title: 'Pooling against none',
    differs:
      'Two convolutions and a dense layer. Without pooling the maps keep their size, so the dense layer has 16 times the weights.',
    sides: [
      pooled,
      { name: 'no pooling', layers: [convolution(8, 3), convolution(16, 3), flatten, scores] },
    ],
    optimizer: adam,
    steps: 300,
  },
  'sharing-dense': {
    title: 'Shared weights against dense ones',
    differs:
      'About as many weights on both sides. One shares small kernels over all places, the other joins every pixel to every unit.',
    sides: [
      { name: 'shared kernels', layers: pooled.layers },
      { name: 'dense only', layers: [flatten, dense(11), dense(11), scores] },
    ],
    optimizer: adam,
    steps: 300,
  },
  'start-small': {
    title: 'A start of 0.01 against He’s',
    differs:
      'The same five layers with ReLU, plain gradient descent. Only the spread of the weights before the first step differs.',
    sides: [he, { name: 'a start of 0.01', layers: normal(0.01) }],
    optimizer: descent,
    steps: 300,
  },
  'start-large': {
    title: 'A start of 1.0 against He’s',
    differs:
      'The same five layers with ReLU, plain gradient descent. Only the spread of the weights before the first step differs.',
    sides: [he, { name: 'a start of 1.0', layers: normal(1) }],
    optimizer: descent,
    steps: 300,
  },
};

/** One side's run: one seed, one order of examples, float32, so that each repetition gives the same numbers. */
export function experimentConfig(
  { optimizer, steps }: Experiment,
  { layers, name }: ExperimentSide,
): RunConfig {
  const run = seedRun();
  return {
    ...run,
    network: { name, layers: [...layers] },
    optimizer: { ...run.optimizer, ...optimizer },
    data: {
      ...run.data,
      dataset: 'mnist',
      batchSize: BATCH,
      validationSize: EXPERIMENT_VALIDATION,
    },
    training: {
      ...run.training,
      epochs: 20,
      maxSteps: steps,
      precision: 'float32',
      diagnosticsEvery: 0,
    },
  };
}
