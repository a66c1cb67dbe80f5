import fc from 'fast-check';
import {
  usualCheckpoints,
  type LayerConfig,
  type LayerOf,
  type RunConfig,
} from '../../shared/config.ts';
import { dense } from './networks.ts';
import { imageLayers, isPossible } from './random-layers.ts';

/** Any network of images of 28×28 in ten classes, by any rule, rate, schedule, batch and augmentation; small enough for seconds. */

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  // Of twice, once null: with freq 1 fast-check never draws the other.
  fc.option(arbitrary, { freq: 2 });
const share = fc.constantFrom(0, 0.5, 0.9);

const rule: fc.Arbitrary<RunConfig['optimizer']['rule']> = fc.oneof(
  fc.record({
    type: fc.constant('rmsprop' as const),
    decay: share,
    momentum: share,
    epsilon: fc.constantFrom(1e-10, 1e-3),
    meanSquareStart: fc.constantFrom(0 as const, 1 as const),
  }),
  fc.constant({ type: 'sgd' as const }),
  fc.record({ type: fc.constantFrom('momentum' as const, 'nesterov' as const), momentum: share }),
  fc.record({
    type: fc.constantFrom('adam' as const, 'adamw' as const),
    beta1: share,
    beta2: fc.constantFrom(0.9, 0.999),
    epsilon: fc.constant(1e-7),
  }),
);

const schedule: fc.Arbitrary<RunConfig['optimizer']['schedule']> = fc.oneof(
  fc.constant({ type: 'constant' as const }),
  fc.constant({ type: 'step' as const, everyEpochs: 1, factor: 0.5 }),
  fc.constant({ type: 'exponential' as const, factorPerEpoch: 0.7 }),
  fc.constant({ type: 'cosine' as const, floor: 0.1 }),
  fc.constant({ type: 'one-cycle' as const, peakAt: 0.3 }),
);

const augmentation = fc.record({
  shift: fc.constantFrom(0, 2),
  rotate: fc.constantFrom(0, 15),
  scale: fc.constantFrom(0, 0.1),
  shear: fc.constantFrom(0, 10),
  elastic: maybe(fc.constant({ strength: 1, smoothness: 4 })),
  flip: fc.boolean(),
  crop: fc.constantFrom(0, 3),
  brightness: fc.constantFrom(0, 0.2),
  contrast: fc.constantFrom(0, 0.3),
  cutOut: fc.constantFrom(0, 9),
});

/** That of the minutes is never reached: when it would be depends on the machine. */
const goal = fc
  .record({
    accuracy: fc.constantFrom(null, 0.5, 1),
    loss: fc.constantFrom(null, 0, 2),
    minutes: fc.constantFrom(null, 1000),
  })
  .filter((each) => Object.values(each).some((part) => part !== null));

const hidden: fc.Arbitrary<LayerConfig[]> = fc.oneof(
  fc.constant<LayerConfig[]>([]),
  fc
    .constantFrom('relu' as const, 'tanh' as const)
    .map((activation): LayerConfig[] => [
      dense(7, { activation, start: { type: 'he' } }),
      { type: 'dropout', rate: 0.5 },
    ]),
);
const ends = fc.constantFrom<LayerOf<'flatten' | 'global-average-pooling'>>(
  { type: 'flatten' },
  { type: 'global-average-pooling' },
);

const layers = fc
  .tuple(imageLayers, ends, hidden)
  .map(([image, end, between]) => [
    ...image,
    end,
    ...between,
    dense(10, { start: { type: 'glorot' } }),
  ])
  .filter((list) => isPossible(list, { height: 28, width: 28 }));

/** @param dataset folder of the IDX files; at least 150 training images, of which 40 validate */
export const anyConfig = (dataset: string): fc.Arbitrary<RunConfig> =>
  fc.record({
    network: fc.record({ name: fc.constant('any'), layers }),
    optimizer: fc.record({
      rule,
      learningRate: fc.constantFrom(1e-4, 1e-3, 1e-2),
      schedule,
      warmUpSteps: fc.constantFrom(0, 3),
      weightDecay: fc.constantFrom(0, 1e-3),
      clipNorm: maybe(fc.constant(0.5)),
      labelSmoothing: fc.constantFrom(0, 0.1),
      reduceOnPlateau: maybe(fc.constant({ patience: 1, minimumGain: 0.01, factor: 0.5 })),
    }),
    data: fc.record({
      dataset: fc.constant(dataset),
      imageSize: fc.constant(null),
      fit: fc.constantFrom('pad' as const, 'crop' as const),
      channels: fc.constant(null),
      background: fc.constant('#000000'),
      damaged: fc.constant('refuse' as const),
      testShare: fc.constant(0.15),
      splitSeed: fc.nat(3),
      batchSize: fc.constantFrom(7, 16, 31, 32, 48, 64),
      validationSize: fc.constant(40),
      transpose: fc.boolean(),
      invert: fc.boolean(),
      leftOut: fc.constant(null),
      augmentation: maybe(augmentation),
    }),
    training: fc.record({
      epochs: fc.constant(3),
      maxSteps: fc.constant(null),
      earlyStopping: maybe(fc.constant({ patience: 1, minimumGain: 0.01 })),
      goal: maybe(goal),
      seed: fc.nat(1000),
      precision: fc.constantFrom('float32' as const, 'bfloat16' as const),
      classWeights: fc.constantFrom('none' as const, 'balanced' as const),
      diagnosticsEvery: fc.constantFrom(0, 3),
      measureTraining: fc.boolean(),
    }),
    checkpoints: fc.constant({ ...usualCheckpoints, keep: 100, everySteps: 1 }),
  });
