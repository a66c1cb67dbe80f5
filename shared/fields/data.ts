import type { FieldTable } from './field.ts';
import { anyText, numberFrom, parts, positiveUpTo, wholeFrom, yesNo } from './ranges.ts';

/** Which images are learned from, and how they are varied. */
export const dataFields = {
  'data.batchSize': {
    label: 'Batch size',
    sentence: 'How many images one step looks at before it changes the weights.',
    unit: 'examples',
    range: wholeFrom(1, 65_536),
    default: 128,
    option: { name: 'batch-size', value: 'N', help: 'examples a step' },
  },
  'data.dataset': {
    label: 'Dataset',
    sentence:
      'The images to learn from: mnist, or a folder of four IDX files, which may be told by how their names begin.',
    range: anyText,
    default: 'mnist',
    option: {
      name: 'dataset',
      value: 'D',
      help: 'mnist, or a folder of the four IDX files, plain or .gz, of ten classes, 0 to 9',
      more: [
        'of several datasets in a folder, the folder and how the files begin: FOLDER/emnist-digits',
      ],
    },
  },
  'data.transpose': {
    label: 'Transpose',
    sentence:
      'Exchanges rows and columns of every image as it is read: EMNIST’s files have them the other way round.',
    range: yesNo,
    default: false,
    option: {
      name: 'transpose',
      help: 'exchange rows and columns of every image, as EMNIST’s need; --no-transpose: leave them',
    },
  },
  'data.invert': {
    label: 'Invert',
    sentence: 'Makes black white in every image as it is read, for dark ink on light paper.',
    range: yesNo,
    default: false,
    option: {
      name: 'invert',
      help: 'make black white, for dark ink on light paper; --no-invert: leave it',
    },
  },
  'data.validationSize': {
    label: 'Validation size',
    sentence:
      'So many images, from the end of the training files, are never trained on: they tell how well the network does on new ones.',
    unit: 'examples',
    range: wholeFrom(0, 10_000_000),
    default: 5_000,
    option: {
      name: 'validation-size',
      value: 'N',
      help: 'training examples kept back for validation',
    },
  },
  'data.augmentation': {
    label: 'Augmentation',
    sentence: 'Moves and bends every training image a little, differently at every step.',
    range: parts,
    nullable: true,
    default: null,
  },
  'data.augmentation.shift': {
    label: 'Shift',
    sentence: 'How far an image may be moved, up to so much to each side.',
    unit: 'pixels',
    range: numberFrom(0, 64),
    default: 2,
  },
  'data.augmentation.rotate': {
    label: 'Rotation',
    sentence: 'How far an image may be turned, either way.',
    unit: 'degrees',
    range: numberFrom(0, 180),
    default: 10,
  },
  'data.augmentation.scale': {
    label: 'Scaling',
    sentence: 'The share by which an image may grow or shrink: 0.1 is 90 to 110 %.',
    range: numberFrom(0, 0.9),
    default: 0.1,
  },
  'data.augmentation.shear': {
    label: 'Shear',
    sentence: 'How far upright lines may lean, either way.',
    unit: 'degrees',
    range: numberFrom(0, 80),
    default: 5,
  },
  'data.augmentation.elastic': {
    label: 'Elastic distortion',
    sentence: 'Moves each pixel by a smooth random field (Simard et al. 2003).',
    range: parts,
    nullable: true,
    default: null,
  },
  'data.augmentation.elastic.strength': {
    label: 'Elastic strength',
    sentence: 'How far pixels are moved: the root mean square along each axis.',
    unit: 'pixels',
    range: positiveUpTo(32),
    default: 1,
  },
  'data.augmentation.elastic.smoothness': {
    label: 'Elastic smoothness',
    sentence: 'How far the pull at one pixel reaches: the deviation of the Gaussian that smooths.',
    unit: 'pixels',
    range: positiveUpTo(64),
    default: 4,
  },
} as const satisfies FieldTable;
