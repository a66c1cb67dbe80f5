import * as v from 'valibot';

/**
 * What a run is made of. A config is plain data: it travels over IPC, is kept beside the checkpoints and decides,
 * together with the data, every number of the run.
 */

const finite = (name: string) =>
  v.pipe(v.number(`${name} must be a number`), v.finite(`${name} must be finite`));
const whole = (name: string, least: number, most: number) =>
  v.pipe(
    v.number(`${name} must be a number`),
    v.integer(`${name} must be a whole number`),
    v.minValue(least, `${name} must be at least ${least}`),
    v.maxValue(most, `${name} must be at most ${most}`),
  );
const between = (name: string, least: number, most: number) =>
  v.pipe(
    finite(name),
    v.minValue(least, `${name} must be at least ${least}`),
    v.maxValue(most, `${name} must be at most ${most}`),
  );
const positive = (name: string, most: number) =>
  v.pipe(
    finite(name),
    v.gtValue(0, `${name} must be greater than 0`),
    v.maxValue(most, `${name} must be at most ${most}`),
  );
/** A share of units or weights: 0 up to, but not, 1. */
const share = (name: string) =>
  v.pipe(
    finite(name),
    v.minValue(0, `${name} must be at least 0`),
    v.ltValue(1, `${name} must be less than 1`),
  );

/** Probability of dropping a unit. A mask draws one byte a unit, which cannot tell probabilities above 255/256 apart. */
const dropRate = between('rate', 0, 0.99);

const size2d = (name: string, most: number) =>
  v.strictTuple([whole(`${name} height`, 1, most), whole(`${name} width`, 1, most)]);

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
const activation = v.picklist(activations);
export type Activation = v.InferOutput<typeof activation>;

/** How a layer's weights are drawn before the first step. */
const start = v.variant('type', [
  v.strictObject({ type: v.literal('normal'), deviation: positive('deviation', 10) }),
  v.strictObject({ type: v.literal('truncated-normal'), deviation: positive('deviation', 10) }),
  v.strictObject({ type: v.literal('glorot') }),
  v.strictObject({ type: v.literal('he') }),
  v.strictObject({ type: v.literal('zeros') }),
]);
export type WeightStart = v.InferOutput<typeof start>;

/** Rows and columns of zeros put around an image. */
const zeroPadding = v.strictObject({
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

export const layerSchema = v.variant('type', [
  v.strictObject({
    type: v.literal('convolution'),
    filters: whole('filters', 1, 4096),
    kernel: size2d('kernel', 64),
    stride: size2d('stride', 64),
    padding,
    bias: v.boolean(),
    activation,
    start,
  }),
  v.strictObject({
    type: v.literal('pooling'),
    kind: v.picklist(['max', 'average', 'l2']),
    size: size2d('size', 64),
    stride: size2d('stride', 64),
    padding: v.picklist(['same', 'valid']),
  }),
  v.strictObject({ type: v.literal('dropout'), rate: dropRate }),
  v.strictObject({
    type: v.literal('batch-normalization'),
    momentum: share('momentum'),
    epsilon: positive('epsilon', 1),
    activation,
  }),
  v.strictObject({ type: v.literal('flatten') }),
  v.strictObject({ type: v.literal('global-average-pooling') }),
  v.strictObject({
    type: v.literal('dense'),
    units: whole('units', 1, 65536),
    bias: v.boolean(),
    activation,
    start,
  }),
]);
export type LayerConfig = v.InferOutput<typeof layerSchema>;
export type LayerType = LayerConfig['type'];
export type LayerOf<T extends LayerType> = Extract<LayerConfig, { type: T }>;

const rule = v.variant('type', [
  v.strictObject({
    type: v.literal('rmsprop'),
    decay: share('decay'),
    momentum: share('momentum'),
    epsilon: positive('epsilon', 1),
    /** TensorFlow 1 starts the mean square at one, most others at zero. */
    meanSquareStart: v.picklist([0, 1]),
  }),
  v.strictObject({ type: v.literal('sgd') }),
  v.strictObject({ type: v.literal('momentum'), momentum: share('momentum') }),
  v.strictObject({ type: v.literal('nesterov'), momentum: share('momentum') }),
  v.strictObject({
    type: v.picklist(['adam', 'adamw']),
    beta1: share('beta1'),
    beta2: share('beta2'),
    epsilon: positive('epsilon', 1),
  }),
]);
export type UpdateRule = v.InferOutput<typeof rule>;

/** How far a training image may be moved and bent, drawn anew for every image and step; each draw is uniform, up to the number given. */
const augmentation = v.strictObject({
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
    v.strictObject({
      /** Root mean square of the displacement along each axis, in pixels. */
      strength: positive('strength', 32),
      /** Deviation of the Gaussian that smooths the field, in pixels. */
      smoothness: positive('smoothness', 64),
    }),
  ),
});
export type Augmentation = v.InferOutput<typeof augmentation>;

const rateSchedule = v.variant('type', [
  v.strictObject({ type: v.literal('constant') }),
  v.strictObject({
    type: v.literal('step'),
    everyEpochs: whole('everyEpochs', 1, 10_000),
    factor: positive('factor', 1),
  }),
  v.strictObject({ type: v.literal('exponential'), factorPerEpoch: positive('factorPerEpoch', 1) }),
  v.strictObject({ type: v.literal('cosine'), floor: between('floor', 0, 1) }),
  v.strictObject({ type: v.literal('one-cycle'), peakAt: positive('peakAt', 0.9) }),
]);

export const precisions = ['auto', 'float32', 'bfloat16'] as const;
export type Precision = Exclude<(typeof precisions)[number], 'auto'>;

export const MAX_EPOCHS = 100_000;
export const MAX_BATCH = 65_536;

/** When checkpoints are saved besides at each epoch's end, and which are kept besides the best and those that a person pinned. */
const checkpointPolicy = v.strictObject({
  /** The newest so many. */
  keep: whole('keep', 1, 10_000),
  /** And those at the end of every so manieth epoch; null: no others. */
  keepEveryEpochs: v.nullable(whole('keepEveryEpochs', 1, MAX_EPOCHS)),
  /** Also within an epoch, after so many steps or minutes. */
  everySteps: v.nullable(whole('everySteps', 1, 1_000_000_000)),
  everyMinutes: v.nullable(positive('everyMinutes', 1_000_000)),
});
export type CheckpointPolicy = v.InferOutput<typeof checkpointPolicy>;

/** As many as TensorFlow's Saver keeps. */
export const usualCheckpoints: CheckpointPolicy = {
  keep: 5,
  keepEveryEpochs: null,
  everySteps: null,
  everyMinutes: null,
};

/** Numbers that may also be changed while a run runs. */
export const liveNumbers = {
  learningRate: positive('learningRate', 100),
  weightDecay: between('weightDecay', 0, 10),
  share: share('value'),
  dropRate,
};

export const runConfigSchema = v.strictObject({
  network: v.strictObject({
    name: v.pipe(v.string(), v.minLength(1), v.maxLength(80)),
    layers: v.pipe(
      v.array(layerSchema),
      v.minLength(1, 'layers must not be empty'),
      v.maxLength(200, 'layers must be at most 200'),
    ),
  }),
  optimizer: v.strictObject({
    rule,
    learningRate: liveNumbers.learningRate,
    schedule: rateSchedule,
    warmUpSteps: whole('warmUpSteps', 0, 10_000_000),
    weightDecay: liveNumbers.weightDecay,
    /** Largest norm of all gradients together; null: no clipping. */
    clipNorm: v.nullable(positive('clipNorm', 1e6)),
    labelSmoothing: share('labelSmoothing'),
    /** Lower the rate when validation stands still. */
    reduceOnPlateau: v.nullable(
      v.strictObject({ patience: whole('patience', 1, 10_000), factor: positive('factor', 1) }),
    ),
  }),
  data: v.strictObject({
    /** `mnist`, or the folder of four IDX files. */
    dataset: v.pipe(v.string(), v.minLength(1, 'dataset must be "mnist" or a folder')),
    batchSize: whole('batchSize', 1, MAX_BATCH),
    /** Examples kept from training for validation, taken from the end of the training files. */
    validationSize: whole('validationSize', 0, 10_000_000),
    /** Of the images trained on; null: as they are. */
    augmentation: v.optional(v.nullable(augmentation), null),
  }),
  training: v.strictObject({
    /** Totals of the run: a resumed run counts what it has done before. */
    epochs: whole('epochs', 1, MAX_EPOCHS),
    maxSteps: v.nullable(whole('maxSteps', 1, 1_000_000_000)),
    earlyStopping: v.nullable(
      v.strictObject({
        patience: whole('patience', 1, 10_000),
        minimumGain: between('minimumGain', 0, 1),
      }),
    ),
    seed: whole('seed', 0, 2_147_483_647),
    precision: v.picklist(precisions),
    /** Steps from one look at gradients, updates and dead units to the next; 0: never. */
    diagnosticsEvery: v.optional(whole('diagnosticsEvery', 0, 1_000_000_000), 50),
  }),
  checkpoints: v.optional(checkpointPolicy, usualCheckpoints),
});
export type RunConfig = v.InferOutput<typeof runConfigSchema>;
