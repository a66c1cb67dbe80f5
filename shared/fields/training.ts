import { classWeightings, precisions } from './choices.ts';
import type { FieldTable } from './field.ts';
import { choiceOf, numberFrom, parts, positiveUpTo, wholeFrom, yesNo } from './ranges.ts';

export const MOST_EPOCHS = 100_000;
export const MOST_STEPS = 1_000_000_000;

/** How long a run trains, and how its numbers are made. */
export const trainingFields = {
  'training.epochs': {
    label: 'Epochs',
    sentence:
      'How often the network sees all training images, over the whole run; cosine and one-cycle rates are spread over it.',
    unit: 'epochs',
    range: wholeFrom(1, MOST_EPOCHS),
    default: 10,
    option: { name: 'epochs', value: 'N', help: 'epochs of the whole run' },
  },
  'training.maxSteps': {
    label: 'Most steps',
    sentence: 'The whole run ends after so many steps, even within an epoch.',
    unit: 'steps',
    range: wholeFrom(1, MOST_STEPS),
    nullable: true,
    default: null,
    option: { name: 'max-steps', value: 'N', help: 'steps of the whole run at most' },
  },
  'training.earlyStopping': {
    label: 'Early stopping',
    sentence: 'Ends the run when validation no longer gets better.',
    range: parts,
    nullable: true,
    default: null,
  },
  'training.earlyStopping.patience': {
    label: 'Early stopping patience',
    sentence: 'How many epochs without a gain the run goes on before it ends.',
    unit: 'epochs',
    range: wholeFrom(1, 10_000),
    default: 5,
  },
  'training.earlyStopping.minimumGain': {
    label: 'Early stopping least gain',
    sentence: 'The validation loss must fall by more than this to count as a gain.',
    range: numberFrom(0, 1),
    default: 0,
  },
  'training.goal': {
    label: 'Stop at a goal',
    sentence: 'Ends the run, as at its end, as soon as one of these is reached.',
    range: parts,
    nullable: true,
    default: null,
  },
  'training.goal.accuracy': {
    label: 'Accuracy to reach',
    sentence: 'The run ends once a validation has this share of its images right, or more.',
    range: numberFrom(0, 1),
    nullable: true,
    default: 0.99,
    nothing: null,
    option: {
      name: 'stop-at-accuracy',
      value: 'X',
      help: 'end the run once the validation accuracy is this share or more',
    },
  },
  'training.goal.loss': {
    label: 'Loss to reach',
    sentence: 'The run ends once the loss of a validation is this or less.',
    range: numberFrom(0, 1_000),
    nullable: true,
    default: null,
    option: {
      name: 'stop-at-loss',
      value: 'X',
      help: 'end the run once the validation loss is this or less',
    },
  },
  'training.goal.minutes': {
    label: 'Minutes to train',
    sentence:
      'The run ends after so much time spent in training steps, also within an epoch; earlier starts of the run count, pauses and validations do not.',
    unit: 'minutes',
    range: positiveUpTo(1_000_000),
    nullable: true,
    default: null,
    option: {
      name: 'stop-after-minutes',
      value: 'X',
      help: 'end the run after so many minutes in training steps, earlier starts included',
    },
  },
  'training.seed': {
    label: 'Seed',
    sentence:
      'Every random number of the run follows from it: the same seed gives the same run again.',
    range: wholeFrom(0, 2_147_483_647),
    default: 1,
    option: { name: 'seed', value: 'N' },
  },
  'training.precision': {
    label: 'Precision',
    sentence: 'How finely numbers are told apart while training; coarser is often faster.',
    range: choiceOf(precisions),
    choiceWords: {
      auto: 'Automatic: the faster one here',
      float32: 'float32: full precision',
      bfloat16: 'bfloat16: coarser, often faster',
    },
    default: 'auto',
    option: { name: 'precision', value: 'P', defaultHelp: 'measures both, takes the faster' },
  },
  'training.classWeights': {
    label: 'Class weights',
    sentence:
      'Balanced: an image of a rare class counts for more, so that all classes count alike in the loss.',
    range: choiceOf(classWeightings),
    choiceWords: {
      none: 'None: every image counts alike',
      balanced: 'Balanced: every class counts alike',
    },
    default: 'none',
    option: {
      name: 'class-weights',
      value: 'W',
      help: 'whether images of rare classes count for more:',
    },
  },
  'training.diagnosticsEvery': {
    label: 'Steps between diagnostics',
    sentence: 'Gradients, updates and dead units are measured every so many steps; 0: never.',
    unit: 'steps',
    range: wholeFrom(0, MOST_STEPS),
    default: 50,
  },
  'training.measureTraining': {
    label: 'Measure training as validation',
    sentence:
      'After each epoch some of the training images are measured as validation is: without dropout or augmentation, with the weights as they are then.',
    range: yesNo,
    default: false,
    live: true,
    option: {
      name: 'measure-training',
      help: 'after each epoch, measure some training images as validation is',
    },
  },
} as const satisfies FieldTable;
