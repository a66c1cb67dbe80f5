import type { FieldTable } from './field.ts';
import { positiveUpTo, wholeFrom } from './ranges.ts';
import { MOST_EPOCHS, MOST_STEPS } from './training.ts';

/** When checkpoints are saved in addition to each epoch's end, and which are kept in addition to the best and the pinned ones. */
export const checkpointFields = {
  'checkpoints.keep': {
    label: 'Checkpoints kept',
    sentence: 'The newest so many stay in the folder; five is what TensorFlow’s Saver keeps.',
    unit: 'checkpoints',
    range: wholeFrom(1, 10_000),
    default: 5,
    option: {
      name: 'keep',
      value: 'N',
      help: 'checkpoints kept, besides the best and pinned ones',
    },
  },
  'checkpoints.keepEveryEpochs': {
    label: 'Keep every Nth epoch',
    sentence: 'Those at the end of every Nth epoch stay too.',
    unit: 'epochs',
    range: wholeFrom(1, MOST_EPOCHS),
    nullable: true,
    default: null,
    option: { name: 'keep-every-epochs', value: 'N', help: 'and those of every Nth epoch' },
  },
  'checkpoints.everySteps': {
    label: 'Save every Nth step',
    sentence: 'Saves within an epoch too, after so many steps.',
    unit: 'steps',
    range: wholeFrom(1, MOST_STEPS),
    nullable: true,
    default: null,
    option: {
      name: 'save-every-steps',
      value: 'N',
      help: 'save within an epoch too, after so many steps',
      defaultHelp: 'at each epoch’s end',
    },
  },
  'checkpoints.everyMinutes': {
    label: 'Save every so many minutes',
    sentence: 'Saves within an epoch too, after so many minutes.',
    unit: 'minutes',
    range: positiveUpTo(1_000_000),
    nullable: true,
    default: null,
    option: { name: 'save-every-minutes', value: 'X', help: 'the same after so many minutes' },
  },
  'checkpoints.recoverySeconds': {
    label: 'Training at risk',
    sentence:
      'The most training that a killed process loses: a recovery checkpoint is kept besides.',
    unit: 'seconds',
    range: positiveUpTo(1_000_000),
    nullable: true,
    default: 30,
    option: {
      name: 'recovery-seconds',
      value: 'X',
      help: 'a recovery checkpoint is kept besides; the most seconds of training that a killed process loses',
    },
  },
} as const satisfies FieldTable;
