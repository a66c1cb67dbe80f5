import { meanSquareStarts, rateSchedules, updateRules } from './choices.ts';
import type { FieldTable } from './field.ts';
import { choiceOf, numberFrom, parts, positiveUpTo, share, wholeFrom } from './ranges.ts';

/** How a step changes the weights. */
export const optimizerFields = {
  'optimizer.rule.type': {
    label: 'Optimizer',
    sentence: 'The rule by which gradients become changes of the weights.',
    range: choiceOf(updateRules),
    default: 'rmsprop',
  },
  'optimizer.rule.decay': {
    label: 'Decay of the mean square',
    sentence: 'How much of RMSProp’s running mean of squared gradients is kept at each step.',
    range: share,
    default: 0.9,
  },
  'optimizer.rule.momentum': {
    label: 'Momentum',
    sentence: 'How much of the last change of the weights is carried on into the next.',
    range: share,
    default: 0,
    live: true,
  },
  'optimizer.rule.epsilon': {
    label: 'Epsilon',
    sentence: 'A small number that keeps the optimizer from dividing by zero.',
    range: positiveUpTo(1),
    default: 1e-10,
  },
  'optimizer.rule.meanSquareStart': {
    label: 'Start of the mean square',
    sentence: 'TensorFlow 1 starts RMSProp’s mean square at one, most others at zero.',
    range: choiceOf(meanSquareStarts),
    default: 1,
    option: {
      name: 'mean-square-start',
      value: 'X',
      help: "where RMSProp's mean square starts: 1, as in TensorFlow 1, or 0, which learns sooner",
    },
  },
  'optimizer.rule.beta1': {
    label: 'Beta 1',
    sentence: 'How much of Adam’s running mean of gradients is kept at each step.',
    range: share,
    default: 0.9,
  },
  'optimizer.rule.beta2': {
    label: 'Beta 2',
    sentence: 'How much of Adam’s running mean of squared gradients is kept at each step.',
    range: share,
    default: 0.999,
  },
  'optimizer.learningRate': {
    label: 'Learning rate',
    noun: 'rate',
    sentence: 'How large a step the weights take: too small learns slowly, too large not at all.',
    range: positiveUpTo(100),
    default: 0.001,
    live: true,
    option: { name: 'learning-rate', value: 'X' },
  },
  'optimizer.schedule.type': {
    label: 'Schedule',
    sentence: 'How the learning rate changes over the run.',
    range: choiceOf(rateSchedules),
    default: 'constant',
  },
  'optimizer.schedule.everyEpochs': {
    label: 'Epochs between steps of the rate',
    sentence: 'The rate is lowered each time so many epochs have passed.',
    unit: 'epochs',
    range: wholeFrom(1, 10_000),
    default: 3,
  },
  'optimizer.schedule.factor': {
    label: 'Factor of a step of the rate',
    sentence: 'What the rate is multiplied by each time.',
    range: positiveUpTo(1),
    default: 0.5,
  },
  'optimizer.schedule.factorPerEpoch': {
    label: 'Factor per epoch',
    sentence: 'What the rate has been multiplied by when an epoch has passed.',
    range: positiveUpTo(1),
    default: 0.9,
  },
  'optimizer.schedule.floor': {
    label: 'Floor of the rate',
    sentence: 'The share of the rate that is left at the end of the run.',
    range: numberFrom(0, 1),
    default: 0,
  },
  'optimizer.schedule.peakAt': {
    label: 'Peak of the rate',
    sentence: 'The share of the run after which the rate is highest.',
    range: positiveUpTo(0.9),
    default: 0.3,
  },
  'optimizer.warmUpSteps': {
    label: 'Warm-up',
    sentence: 'The rate rises from zero over the first so many steps.',
    unit: 'steps',
    range: wholeFrom(0, 10_000_000),
    default: 0,
  },
  'optimizer.weightDecay': {
    label: 'Weight decay',
    sentence: 'Pulls all weights towards zero, against learning by heart.',
    range: numberFrom(0, 10),
    default: 0,
    live: true,
  },
  'optimizer.clipNorm': {
    label: 'Gradient clipping',
    sentence: 'All gradients together are shortened to this norm where they are longer.',
    range: positiveUpTo(1e6),
    nullable: true,
    default: null,
  },
  'optimizer.labelSmoothing': {
    label: 'Label smoothing',
    sentence: 'The share of each label that is spread over all classes, against overconfidence.',
    range: share,
    default: 0,
  },
  'optimizer.reduceOnPlateau': {
    label: 'Lower the rate on a plateau',
    sentence: 'Lowers the rate when validation no longer gets better.',
    range: parts,
    nullable: true,
    default: null,
  },
  'optimizer.reduceOnPlateau.patience': {
    label: 'Plateau patience',
    sentence: 'How many epochs without a gain pass before the rate is lowered.',
    unit: 'epochs',
    range: wholeFrom(1, 10_000),
    default: 2,
  },
  'optimizer.reduceOnPlateau.minimumGain': {
    label: 'Plateau least gain',
    sentence: 'The validation loss must fall by more than this to count as a gain.',
    range: numberFrom(0, 1),
    default: 0,
  },
  'optimizer.reduceOnPlateau.factor': {
    label: 'Plateau factor',
    sentence: 'What the rate is multiplied by each time.',
    range: positiveUpTo(1),
    default: 0.5,
  },
} as const satisfies FieldTable;
