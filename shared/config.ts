import * as v from 'valibot';
import {
  between,
  kinds,
  oneOf,
  positive,
  settings,
  share,
  size2d,
  whole,
  yesOrNo,
} from './settings-schema.ts';

/**
 * What a run is made of. A config is plain data: it travels over IPC, is kept beside the checkpoints and decides,
 * together with the data, every number of the run.
 */

/** Probability of dropping a unit. A mask draws one byte a unit, which cannot tell probabilities above 255/256 apart. */
const dropRate = between('rate', 0, 0.99);

export const activations = [
  'relu',
  'leaky-relu',
  'elu',
  'selu',
  'gelu',
  'sigmoid',
  'tanh',
  'none',
] as const;
const activation = oneOf('activation', activations);
export type Activation = v.InferOutput<typeof activation>;

/** How a layer's weights are drawn before the first step. */
const start = kinds([
  settings({ type: v.literal('normal'), deviation: positive('deviation', 10) }),
  settings({ type: v.literal('truncated-normal'), deviation: positive('deviation', 10) }),
  settings({ type: v.literal('glorot') }),
  settings({ type: v.literal('he') }),
  settings({ type: v.literal('zeros') }),
]);
export type WeightStart = v.InferOutput<typeof start>;

/** Rows and columns of zeros put around an image. */
const zeroPadding = settings({
  top: whole('padding top', 0, 64),
  bottom: whole('padding bottom', 0, 64),
  left: whole('padding left', 0, 64),
  right: whole('padding right', 0, 64),
});
const padding = v.union(
  [v.picklist(['same', 'valid']), zeroPadding],
  'padding must be "same", "valid" or {top, bottom, left, right}',
);
export type Padding = v.InferOutput<typeof padding>;

export const layerSchema = kinds([
  settings({
    type: v.literal('convolution'),
    filters: whole('filters', 1, 4096),
    kernel: size2d('kernel', 64),
    stride: size2d('stride', 64),
    padding,
    bias: yesOrNo('bias'),
    activation,
    start,
  }),
  settings({
    type: v.literal('pooling'),
    kind: oneOf('kind', ['max', 'average', 'l2']),
    size: size2d('size', 64),
    stride: size2d('stride', 64),
    padding: oneOf('padding', ['same', 'valid']),
  }),
  settings({ type: v.literal('dropout'), rate: dropRate }),
  settings({
    type: v.literal('batch-normalization'),
    momentum: share('momentum'),
    epsilon: positive('epsilon', 1),
    activation,
  }),
  settings({ type: v.literal('flatten') }),
  settings({ type: v.literal('global-average-pooling') }),
  settings({
    type: v.literal('dense'),
    units: whole('units', 1, 65536),
    bias: yesOrNo('bias'),
    activation,
    start,
  }),
]);
export type LayerConfig = v.InferOutput<typeof layerSchema>;
export type LayerType = LayerConfig['type'];
export type LayerOf<T extends LayerType> = Extract<LayerConfig, { type: T }>;

const rule = kinds([
  settings({
    type: v.literal('rmsprop'),
    decay: share('decay'),
    momentum: share('momentum'),
    epsilon: positive('epsilon', 1),
    /** TensorFlow 1 starts the mean square at one, most others at zero. */
    meanSquareStart: oneOf('meanSquareStart', [0, 1]),
  }),
  settings({ type: v.literal('sgd') }),
  settings({ type: v.literal('momentum'), momentum: share('momentum') }),
  settings({ type: v.literal('nesterov'), momentum: share('momentum') }),
  settings({
    type: v.picklist(['adam', 'adamw']),
    beta1: share('beta1'),
    beta2: share('beta2'),
    epsilon: positive('epsilon', 1),
  }),
]);
export type UpdateRule = v.InferOutput<typeof rule>;

/** How far a training image may be moved and bent, drawn anew for every image and step; each draw is uniform, up to the number given. */
const augmentation = settings({
  /** Pixels, up to this far to each side. */
  shift: between('shift', 0, 64),
  /** Degrees, either way. */
  rotate: between('rotate', 0, 180),
  /** Share by which it grows or shrinks: 0.1 is 90 to 110 %. */
  scale: between('scale', 0, 0.9),
  /** Degrees by which upright lines lean, either way. */
  shear: between('shear', 0, 80),
  /** Simard et al. 2003: each pixel moved by a smooth random field; null: none. */
  elastic: v.nullable(
    settings({
      /** Root mean square of the displacement along each axis, in pixels. */
      strength: positive('strength', 32),
      /** Deviation of the Gaussian that smooths the field, in pixels. */
      smoothness: positive('smoothness', 64),
    }),
  ),
});
export type Augmentation = v.InferOutput<typeof augmentation>;

const rateSchedule = kinds([
  settings({ type: v.literal('constant') }),
  settings({
    type: v.literal('step'),
    everyEpochs: whole('everyEpochs', 1, 10_000),
    factor: positive('factor', 1),
  }),
  settings({ type: v.literal('exponential'), factorPerEpoch: positive('factorPerEpoch', 1) }),
  settings({ type: v.literal('cosine'), floor: between('floor', 0, 1) }),
  settings({ type: v.literal('one-cycle'), peakAt: positive('peakAt', 0.9) }),
]);

export const precisions = ['auto', 'float32', 'bfloat16'] as const;
export type Precision = Exclude<(typeof precisions)[number], 'auto'>;

const MAX_EPOCHS = 100_000;
const MAX_BATCH = 65_536;

const RECOVERY_SECONDS = 30;

/** When checkpoints are saved besides at each epoch's end, and which are kept besides the best and those that a person pinned. */
const checkpointPolicy = settings({
  /** The newest so many. */
  keep: whole('keep', 1, 10_000),
  /** And those at the end of every Nth epoch; null: no others. */
  keepEveryEpochs: v.nullable(whole('keepEveryEpochs', 1, MAX_EPOCHS)),
  /** Also within an epoch, after so many steps or minutes. */
  everySteps: v.nullable(whole('everySteps', 1, 1_000_000_000)),
  everyMinutes: v.nullable(positive('everyMinutes', 1_000_000)),
  /** The most seconds of training that a killed process loses: a recovery checkpoint is kept besides; null: none is. */
  recoverySeconds: v.optional(v.nullable(positive('recoverySeconds', 1_000_000)), RECOVERY_SECONDS),
});
export type CheckpointPolicy = v.InferOutput<typeof checkpointPolicy>;

/** As many as TensorFlow's Saver keeps. */
export const usualCheckpoints: CheckpointPolicy = {
  keep: 5,
  keepEveryEpochs: null,
  everySteps: null,
  everyMinutes: null,
  recoverySeconds: RECOVERY_SECONDS,
};

/** Numbers that may also be changed while a run runs. */
export const liveNumbers = {
  learningRate: positive('learningRate', 100),
  weightDecay: between('weightDecay', 0, 10),
  momentum: share('momentum'),
  dropRate,
};

export const runConfigSchema = settings({
  network: settings({
    name: v.pipe(
      v.string('name must be text'),
      v.minLength(1, 'name must not be empty'),
      v.maxLength(80, 'name must have at most 80 characters'),
    ),
    layers: v.pipe(
      v.array(layerSchema, 'layers must be a list'),
      v.minLength(1, 'layers must not be empty'),
      v.maxLength(200, 'layers must be at most 200'),
    ),
  }),
  optimizer: settings({
    rule,
    learningRate: liveNumbers.learningRate,
    schedule: rateSchedule,
    warmUpSteps: whole('warmUpSteps', 0, 10_000_000),
    weightDecay: liveNumbers.weightDecay,
    /** Largest norm of all gradients together; null: no clipping. */
    clipNorm: v.nullable(positive('clipNorm', 1e6)),
    labelSmoothing: share('labelSmoothing'),
    /** Lower the rate when validation has not gained so much for so many epochs. */
    reduceOnPlateau: v.nullable(
      settings({
        patience: whole('patience', 1, 10_000),
        minimumGain: between('minimumGain', 0, 1),
        factor: positive('factor', 1),
      }),
    ),
  }),
  data: settings({
    /** `mnist`, the folder of four IDX files, or that folder and how one dataset's files in it begin. */
    dataset: v.pipe(
      v.string('dataset must be "mnist" or a folder'),
      v.minLength(1, 'dataset must be "mnist" or a folder'),
    ),
    batchSize: whole('batchSize', 1, MAX_BATCH),
    /** Examples kept from training for validation, taken from the end of the training files. */
    validationSize: whole('validationSize', 0, 10_000_000),
    /** Rows and columns of every image are exchanged as it is read: EMNIST's files have them the other way round. */
    transpose: v.optional(yesOrNo('transpose'), false),
    /** Every image's black becomes white as it is read, for dark ink on light paper. */
    invert: v.optional(yesOrNo('invert'), false),
    /** Of the images trained on; null: as they are. */
    augmentation: v.optional(v.nullable(augmentation), null),
  }),
  training: settings({
    /**
     * Totals of the run: a resumed run counts what it has done before. Cosine and one-cycle go through the whole of it, so a run
     * that is resumed with another total has other rates from there on.
     */
    epochs: whole('epochs', 1, MAX_EPOCHS),
    maxSteps: v.nullable(whole('maxSteps', 1, 1_000_000_000)),
    earlyStopping: v.nullable(
      settings({
        patience: whole('patience', 1, 10_000),
        minimumGain: between('minimumGain', 0, 1),
      }),
    ),
    seed: whole('seed', 0, 2_147_483_647),
    precision: oneOf('precision', precisions),
    /** Steps from one look at gradients, updates and dead units to the next; 0: never. */
    diagnosticsEvery: v.optional(whole('diagnosticsEvery', 0, 1_000_000_000), 50),
  }),
  checkpoints: v.optional(checkpointPolicy, usualCheckpoints),
});
export type RunConfig = v.InferOutput<typeof runConfigSchema>;
