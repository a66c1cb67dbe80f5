import { usualCheckpoints, type RunConfig } from './config.ts';
import { fields } from './fields.ts';
import type { ImageShape } from './network-shape.ts';
import {
  allConvolutional,
  cifarNetwork,
  denseOnly,
  leNet5,
  mnistData,
  seedNetwork,
  smallNetwork,
} from './preset-networks.ts';

/** A whole run as the tutorial program did it: every setting at its default. */
export function seedRun(data = mnistData): RunConfig {
  return {
    network: seedNetwork(data),
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
      imageSize: fields['data.imageSize'].default,
      fit: fields['data.fit'].default,
      channels: fields['data.channels'].default,
      background: fields['data.background'].default,
      damaged: fields['data.damaged'].default,
      testShare: fields['data.testShare'].default,
      splitSeed: fields['data.splitSeed'].default,
      batchSize: fields['data.batchSize'].default,
      validationSize: fields['data.validationSize'].default,
      transpose: fields['data.transpose'].default,
      invert: fields['data.invert'].default,
      leftOut: fields['data.leftOut'].default,
      augmentation: fields['data.augmentation'].default,
    },
    training: {
      epochs: fields['training.epochs'].default,
      maxSteps: fields['training.maxSteps'].default,
      earlyStopping: fields['training.earlyStopping'].default,
      goal: fields['training.goal'].default,
      seed: fields['training.seed'].default,
      precision: fields['training.precision'].default,
      classWeights: fields['training.classWeights'].default,
      diagnosticsEvery: fields['training.diagnosticsEvery'].default,
      measureTraining: fields['training.measureTraining'].default,
    },
    checkpoints: usualCheckpoints,
  };
}

/** One epoch with a one-cycle rate. */
function smallAndFast(data: ImageShape): RunConfig {
  const run = withAdam(smallNetwork(data), 0.005);
  return {
    ...run,
    optimizer: { ...run.optimizer, schedule: { type: 'one-cycle', peakAt: 0.3 } },
    data: { ...run.data, batchSize: 64 },
    training: { ...run.training, epochs: 1 },
  };
}

const withAdam = (network: RunConfig['network'], learningRate: number): RunConfig => {
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

/** Flips and crops as usual for CIFAR-10 (He et al. 2016), with a one-cycle rate: ten epochs are enough. */
function cifarRun(data: ImageShape): RunConfig {
  const run = withAdam(cifarNetwork(data), 0.005);
  return {
    ...run,
    optimizer: { ...run.optimizer, schedule: { type: 'one-cycle', peakAt: 0.3 } },
    data: {
      ...run.data,
      augmentation: {
        shift: 0,
        rotate: 0,
        scale: 0,
        shear: 0,
        elastic: null,
        flip: true,
        // The crop is an eighth of the image's size, as for 32 pixels.
        crop: Math.round(Math.min(data.height, data.width) / 8),
        brightness: 0,
        contrast: 0,
        cutOut: 0,
      },
    },
  };
}

/** Whole runs to start from, by the name for `--preset` and the form; each is made for its images. */
export const presets: Record<string, (data?: ImageShape) => RunConfig> = {
  'seed-network': seedRun,
  'lenet-5': (data = mnistData) => withAdam(leNet5(data), 0.001),
  'all-convolutional': (data = mnistData) => withAdam(allConvolutional(data), 0.001),
  'dense-only': (data = mnistData) => withAdam(denseOnly(data), 0.001),
  'small-and-fast': (data = mnistData) => smallAndFast(data),
  cifar: (data = mnistData) => cifarRun(data),
};
