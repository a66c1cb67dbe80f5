import {
  activations,
  activationWords,
  poolingKinds,
  poolingKindWords,
  poolingPaddings,
  weightStarts,
  weightStartWords,
} from './choices.ts';
import type { Field, FieldTable } from './field.ts';
import {
  anyText,
  choiceOf,
  numberFrom,
  paddingUpTo,
  positiveUpTo,
  share,
  sizeUpTo,
  wholeFrom,
  yesNo,
} from './ranges.ts';

const bias = {
  label: 'Bias',
  sentence: 'Adds a learned number to each of the layer’s outputs.',
  range: yesNo,
  default: false,
} as const satisfies Field;

const activation = {
  learn: 'relu',
  label: 'Activation',
  sentence: 'The function that each of the layer’s outputs goes through.',
  range: choiceOf(activations),
  choiceWords: activationWords,
  default: 'relu',
} as const satisfies Field;

const startType = {
  learn: 'back-propagation',
  label: 'Weight start',
  sentence: 'How the weights are drawn before the first step.',
  range: choiceOf(weightStarts),
  choiceWords: weightStartWords,
  default: 'normal',
} as const satisfies Field;

const startDeviation = {
  label: 'Weight start’s deviation',
  sentence: 'The standard deviation of the weights before the first step.',
  range: positiveUpTo(10),
  default: 0.01,
} as const satisfies Field;

/** A network and its layers. Layers' settings are listed by type, since a layer's place in the list is not fixed. */
export const networkFields = {
  'network.name': {
    label: 'Name',
    sentence: 'What the network is called; it changes nothing else.',
    range: anyText,
    default: 'Seed network',
  },
  'network.layers.convolution.filters': {
    learn: 'filters',
    label: 'Filters',
    sentence: 'How many patterns the layer looks for.',
    unit: 'filters',
    range: wholeFrom(1, 4096),
    default: 32,
  },
  'network.layers.convolution.kernel': {
    learn: 'parameter-sharing',
    label: 'Window',
    sentence: 'Height and width of the patch that a filter looks at.',
    unit: 'pixels',
    range: sizeUpTo(64),
    default: [3, 3],
  },
  'network.layers.convolution.stride': {
    learn: 'convolution-output',
    label: 'Stride',
    sentence: 'How far the window moves from one place to the next, down and to the right.',
    unit: 'pixels',
    range: sizeUpTo(64),
    default: [1, 1],
  },
  'network.layers.convolution.padding': {
    learn: 'convolution-output',
    label: 'Padding',
    sentence:
      'Zeros around the image: "same" so that the window fits everywhere, "valid" for none, or a number for each side.',
    unit: 'pixels',
    range: paddingUpTo(64),
    default: 'same',
  },
  'network.layers.convolution.bias': bias,
  'network.layers.convolution.activation': activation,
  'network.layers.convolution.start.type': startType,
  'network.layers.convolution.start.deviation': startDeviation,
  'network.layers.pooling.kind': {
    learn: 'pooling',
    label: 'Kind',
    sentence: 'What is made of the values in a window: the greatest, their mean, or their norm.',
    range: choiceOf(poolingKinds),
    choiceWords: poolingKindWords,
    default: 'max',
  },
  'network.layers.pooling.size': {
    learn: 'pooling',
    label: 'Window',
    sentence: 'Height and width of the patch that becomes one value.',
    unit: 'pixels',
    range: sizeUpTo(64),
    default: [2, 2],
  },
  'network.layers.pooling.stride': {
    learn: 'convolution-output',
    label: 'Stride',
    sentence: 'How far the window moves from one place to the next, down and to the right.',
    unit: 'pixels',
    range: sizeUpTo(64),
    default: [2, 2],
  },
  'network.layers.pooling.padding': {
    learn: 'convolution-output',
    label: 'Padding',
    sentence: 'Whether windows may reach over the border ("same") or not ("valid").',
    range: choiceOf(poolingPaddings),
    default: 'same',
  },
  'network.layers.dropout.rate': {
    label: 'Dropout rate',
    sentence: 'The chance that a unit is left out of a training step, against learning by heart.',
    // A mask draws one byte for each unit, which cannot tell probabilities above 255/256 apart.
    range: numberFrom(0, 0.99),
    default: 0.2,
    live: true,
  },
  'network.layers.batch-normalization.momentum': {
    label: 'Momentum',
    sentence: 'How much of the running mean and variance is kept at each step.',
    range: share,
    default: 0.99,
  },
  'network.layers.batch-normalization.epsilon': {
    label: 'Epsilon',
    sentence: 'A small number that keeps the layer from dividing by zero.',
    range: positiveUpTo(1),
    default: 0.001,
  },
  'network.layers.batch-normalization.activation': activation,
  'network.layers.dense.units': {
    learn: 'why-not-dense',
    label: 'Units',
    sentence: 'How many values the layer makes of all that it is given.',
    unit: 'units',
    range: wholeFrom(1, 65_536),
    default: 625,
  },
  'network.layers.dense.bias': bias,
  'network.layers.dense.activation': activation,
  'network.layers.dense.start.type': startType,
  'network.layers.dense.start.deviation': startDeviation,
} as const satisfies FieldTable;
