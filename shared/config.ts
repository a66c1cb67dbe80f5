import * as v from 'valibot';
import { dataSchema } from './data-config.ts';
import { fields } from './fields.ts';
import {
  activations,
  classWeightings,
  meanSquareStarts,
  poolingKinds,
  poolingPaddings,
  precisions,
} from './fields/choices.ts';
import { wholeFrom } from './fields/ranges.ts';
import { kinds, numberAt, numberIn, oneOf, sizeAt, strictRecord, yesOrNo } from './schema-parts.ts';

/**
 * The configuration of a run. It is plain data: it is sent over IPC, is saved with the checkpoints and, together with the data, decides
 * every number of the run. The meaning, range and default of each setting are in fields.ts.
 */

const activation = oneOf('activation', activations);
export type Activation = v.InferOutput<typeof activation>;

/** How a layer's weights are drawn before the first step. */
const startOf = (layer: 'convolution' | 'dense') => {
  const deviation = numberAt(`network.layers.${layer}.start.deviation`);
  return kinds([
    strictRecord({ type: v.literal('normal'), deviation }),
    strictRecord({ type: v.literal('truncated-normal'), deviation }),
    strictRecord({ type: v.literal('glorot') }),
    strictRecord({ type: v.literal('he') }),
    strictRecord({ type: v.literal('zeros') }),
  ]);
};
export type WeightStart = v.InferOutput<ReturnType<typeof startOf>>;

const border = wholeFrom(0, fields['network.layers.convolution.padding'].range.most);
/** Rows and columns of zeros that are put around an image. */
const zeroPadding = strictRecord({
  top: numberIn('padding top', border),
  bottom: numberIn('padding bottom', border),
  left: numberIn('padding left', border),
  right: numberIn('padding right', border),
});
const padding = v.union(
  [v.picklist(['same', 'valid']), zeroPadding],
  'padding must be "same", "valid" or an object of top, bottom, left and right',
);
export type Padding = v.InferOutput<typeof padding>;

export const layerSchema = kinds([
  strictRecord({
    type: v.literal('convolution'),
    filters: numberAt('network.layers.convolution.filters'),
    kernel: sizeAt('network.layers.convolution.kernel'),
    stride: sizeAt('network.layers.convolution.stride'),
    padding,
    bias: yesOrNo('bias'),
    activation,
    start: startOf('convolution'),
  }),
  strictRecord({
    type: v.literal('pooling'),
    kind: oneOf('kind', poolingKinds),
    size: sizeAt('network.layers.pooling.size'),
    stride: sizeAt('network.layers.pooling.stride'),
    padding: oneOf('padding', poolingPaddings),
  }),
  strictRecord({ type: v.literal('dropout'), rate: numberAt('network.layers.dropout.rate') }),
  strictRecord({
    type: v.literal('batch-normalization'),
    momentum: numberAt('network.layers.batch-normalization.momentum'),
    epsilon: numberAt('network.layers.batch-normalization.epsilon'),
    activation,
  }),
  strictRecord({ type: v.literal('flatten') }),
  strictRecord({ type: v.literal('global-average-pooling') }),
  strictRecord({
    type: v.literal('dense'),
    units: numberAt('network.layers.dense.units'),
    bias: yesOrNo('bias'),
    activation,
    start: startOf('dense'),
  }),
]);
export type LayerConfig = v.InferOutput<typeof layerSchema>;
export type LayerType = LayerConfig['type'];
export type LayerOf<T extends LayerType> = Extract<LayerConfig, { type: T }>;

const momentum = numberAt('optimizer.rule.momentum');
const epsilon = numberAt('optimizer.rule.epsilon');
export const ruleSchema = kinds([
  strictRecord({
    type: v.literal('rmsprop'),
    decay: numberAt('optimizer.rule.decay'),
    momentum,
    epsilon,
    meanSquareStart: oneOf('meanSquareStart', meanSquareStarts),
  }),
  strictRecord({ type: v.literal('sgd') }),
  strictRecord({ type: v.literal('momentum'), momentum }),
  strictRecord({ type: v.literal('nesterov'), momentum }),
  strictRecord({
    type: v.picklist(['adam', 'adamw']),
    beta1: numberAt('optimizer.rule.beta1'),
    beta2: numberAt('optimizer.rule.beta2'),
    epsilon,
  }),
]);
export type UpdateRule = v.InferOutput<typeof ruleSchema>;

export const scheduleSchema = kinds([
  strictRecord({ type: v.literal('constant') }),
  strictRecord({
    type: v.literal('step'),
    everyEpochs: numberAt('optimizer.schedule.everyEpochs'),
    factor: numberAt('optimizer.schedule.factor'),
  }),
  strictRecord({
    type: v.literal('exponential'),
    factorPerEpoch: numberAt('optimizer.schedule.factorPerEpoch'),
  }),
  strictRecord({ type: v.literal('cosine'), floor: numberAt('optimizer.schedule.floor') }),
  strictRecord({ type: v.literal('one-cycle'), peakAt: numberAt('optimizer.schedule.peakAt') }),
]);

export type Precision = Exclude<(typeof precisions)[number], 'auto'>;

const checkpointPolicy = strictRecord({
  keep: numberAt('checkpoints.keep'),
  keepEveryEpochs: v.nullable(numberAt('checkpoints.keepEveryEpochs')),
  everySteps: v.nullable(numberAt('checkpoints.everySteps')),
  everyMinutes: v.nullable(numberAt('checkpoints.everyMinutes')),
  recoverySeconds: v.optional(
    v.nullable(numberAt('checkpoints.recoverySeconds')),
    fields['checkpoints.recoverySeconds'].default,
  ),
});
export type CheckpointPolicy = v.InferOutput<typeof checkpointPolicy>;

export const usualCheckpoints: CheckpointPolicy = {
  keep: fields['checkpoints.keep'].default,
  keepEveryEpochs: fields['checkpoints.keepEveryEpochs'].default,
  everySteps: fields['checkpoints.everySteps'].default,
  everyMinutes: fields['checkpoints.everyMinutes'].default,
  recoverySeconds: fields['checkpoints.recoverySeconds'].default,
};

/** Goals at which a run may end early. Without any goal the object becomes null, so that removing the last goal removes the group. */
const goal = v.pipe(
  strictRecord({
    accuracy: v.nullable(numberAt('training.goal.accuracy')),
    loss: v.nullable(numberAt('training.goal.loss')),
    minutes: v.nullable(numberAt('training.goal.minutes')),
  }),
  v.transform((each) => (Object.values(each).every((part) => part === null) ? null : each)),
);
export type TrainingGoal = NonNullable<v.InferOutput<typeof goal>>;

/** Optional entries were added after the first version: a record of an earlier version is read with what was usual then. */
export const runConfigSchema = strictRecord({
  network: strictRecord({
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
  optimizer: strictRecord({
    rule: ruleSchema,
    learningRate: numberAt('optimizer.learningRate'),
    schedule: scheduleSchema,
    warmUpSteps: numberAt('optimizer.warmUpSteps'),
    weightDecay: numberAt('optimizer.weightDecay'),
    clipNorm: v.nullable(numberAt('optimizer.clipNorm')),
    labelSmoothing: numberAt('optimizer.labelSmoothing'),
    reduceOnPlateau: v.nullable(
      strictRecord({
        patience: numberAt('optimizer.reduceOnPlateau.patience'),
        minimumGain: numberAt('optimizer.reduceOnPlateau.minimumGain'),
        factor: numberAt('optimizer.reduceOnPlateau.factor'),
      }),
    ),
  }),
  data: dataSchema,
  training: strictRecord({
    epochs: numberAt('training.epochs'),
    maxSteps: v.nullable(numberAt('training.maxSteps')),
    earlyStopping: v.nullable(
      strictRecord({
        patience: numberAt('training.earlyStopping.patience'),
        minimumGain: numberAt('training.earlyStopping.minimumGain'),
      }),
    ),
    goal: v.optional(v.nullable(goal), fields['training.goal'].default),
    seed: numberAt('training.seed'),
    precision: oneOf('precision', precisions),
    classWeights: v.optional(
      oneOf('classWeights', classWeightings),
      fields['training.classWeights'].default,
    ),
    diagnosticsEvery: v.optional(
      numberAt('training.diagnosticsEvery'),
      fields['training.diagnosticsEvery'].default,
    ),
    measureTraining: v.optional(
      yesOrNo('measureTraining'),
      fields['training.measureTraining'].default,
    ),
  }),
  checkpoints: v.optional(checkpointPolicy, usualCheckpoints),
});
export type RunConfig = v.InferOutput<typeof runConfigSchema>;
