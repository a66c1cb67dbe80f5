import { fields } from './fields.ts';
import { usualCheckpoints, type LayerConfig, type LayerOf, type RunConfig } from './config.ts';

type Network = RunConfig['network'];

const normal = { type: 'normal', deviation: 0.01 } as const;

/** A convolution with bias from He's start, as networks after 2015 have it. */
const convolution = (
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

const dense = (units: number, options: Partial<LayerOf<'dense'>> = {}): LayerOf<'dense'> => ({
  type: 'dense',
  units,
  bias: true,
  activation: 'relu',
  start: { type: 'he' },
  ...options,
});

const scores = dense(10, { activation: 'none', start: { type: 'glorot' } });

/** A quarter of the values, whatever the size of the image. */
const pooling = (kind: LayerOf<'pooling'>['kind']): LayerOf<'pooling'> => ({
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

/** The network of the 2016 tutorial program: 1,378,698 parameters, no biases. */
export function seedNetwork(): Network {
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
      { type: 'dense', units: 10, bias: false, activation: 'none', start: normal },
    ],
  };
}

/** A whole run as the tutorial program did it: every setting at its default. */
export function seedRun(): RunConfig {
  return {
    network: seedNetwork(),
    optimizer: {
      rule: {
        type: fields['optimizer.rule.type'].default,
        decay: fields['optimizer.rule.decay'].default,
        momentum: fields['optimizer.rule.momentum'].default,
        epsilon: fields['optimizer.rule.epsilon'].default,
        meanSquareStart: fields['optimizer.rule.meanSquareStart'].default,
      },
      learningRate: fields['optimizer.learningRate'].default,
      schedule: { type: fields['optimizer.schedule.type'].default },
      warmUpSteps: fields['optimizer.warmUpSteps'].default,
      weightDecay: fields['optimizer.weightDecay'].default,
      clipNorm: fields['optimizer.clipNorm'].default,
      labelSmoothing: fields['optimizer.labelSmoothing'].default,
      reduceOnPlateau: fields['optimizer.reduceOnPlateau'].default,
    },
    data: {
      dataset: fields['data.dataset'].default,
      batchSize: fields['data.batchSize'].default,
      validationSize: fields['data.validationSize'].default,
      transpose: fields['data.transpose'].default,
      invert: fields['data.invert'].default,
      augmentation: fields['data.augmentation'].default,
    },
    training: {
      epochs: fields['training.epochs'].default,
      maxSteps: fields['training.maxSteps'].default,
      earlyStopping: fields['training.earlyStopping'].default,
      seed: fields['training.seed'].default,
      precision: fields['training.precision'].default,
      diagnosticsEvery: fields['training.diagnosticsEvery'].default,
    },
    checkpoints: usualCheckpoints,
  };
}

/** LeCun et al. 1998, with its tanh and average pooling; the first convolution pads 28×28 to the 32×32 of the paper. */
function leNet5(): Network {
  const start = { type: 'glorot' } as const;
  const tanh = { activation: 'tanh', start } as const;
  const border = { top: 2, bottom: 2, left: 2, right: 2 };
  return {
    name: 'LeNet-5',
    layers: [
      convolution(6, 5, { ...tanh, padding: border }),
      pooling('average'),
      convolution(16, 5, { ...tanh, padding: 'valid' }),
      pooling('average'),
      { type: 'flatten' },
      dense(120, tanh),
      dense(84, tanh),
      scores,
    ],
  };
}

/** Springenberg et al. 2015: no pooling, strided convolutions take its place. */
function allConvolutional(): Network {
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
      convolution(10, 1, { activation: 'none' }),
      { type: 'global-average-pooling' },
    ],
  };
}

/** What the tutorial argues against: every pixel joined to every unit. As many parameters as the seed network, about. */
function denseOnly(): Network {
  return {
    name: 'Dense only',
    layers: [
      { type: 'flatten' },
      dense(800),
      { type: 'dropout', rate: 0.5 },
      dense(800),
      { type: 'dropout', rate: 0.5 },
      scores,
    ],
  };
}

/** Less than a tenth of the seed network's parameters, one epoch at a rate that rises and falls. */
function smallAndFast(): RunConfig {
  const run = withAdam(
    {
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
        scores,
      ],
    },
    0.005,
  );
  return {
    ...run,
    optimizer: { ...run.optimizer, schedule: { type: 'one-cycle', peakAt: 0.3 } },
    data: { ...run.data, batchSize: 64 },
    training: { ...run.training, epochs: 1 },
  };
}

const withAdam = (network: Network, learningRate: number): RunConfig => {
  const run = seedRun();
  return {
    ...run,
    network,
    optimizer: {
      ...run.optimizer,
      rule: {
        type: 'adam',
        beta1: fields['optimizer.rule.beta1'].default,
        beta2: fields['optimizer.rule.beta2'].default,
        epsilon: 1e-7,
      },
      learningRate,
    },
  };
};

/** Whole runs to start from, by the name that `--preset` and the form take. */
export const presets: Record<string, () => RunConfig> = {
  'seed-network': seedRun,
  'lenet-5': () => withAdam(leNet5(), 0.001),
  'all-convolutional': () => withAdam(allConvolutional(), 0.001),
  'dense-only': () => withAdam(denseOnly(), 0.001),
  'small-and-fast': smallAndFast,
};
