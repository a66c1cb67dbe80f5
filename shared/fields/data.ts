import { channelCounts, damagedPictures, imageFits } from './choices.ts';
import type { FieldTable } from './field.ts';
import {
  anyColour,
  anyImages,
  anyText,
  choiceOf,
  numberFrom,
  parts,
  sizeUpTo,
  wholeFrom,
  yesNo,
} from './ranges.ts';

/** Most pixels of an image to a side. */
export const MOST_SIDE = 512;

/** Which images are used for training, and how. */
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
      'The images to learn from: the name of a set, a folder of pictures with a folder for each class, an archive of one, a table (CSV), an NPZ file, or a folder of IDX files.',
    range: anyText,
    default: 'mnist',
    option: {
      name: 'dataset',
      value: 'D',
      help: (commandOf) =>
        `a set’s name (${commandOf('data')} list), or a folder with a folder of pictures for each class`,
      more: [
        'also a .zip or .tar.gz of one, a .csv or .npz file, or a folder of four IDX files, as MNIST’s;',
        'of several IDX datasets in a folder, the folder and how the files begin: FOLDER/emnist-digits',
      ],
    },
  },
  'data.imageSize': {
    label: 'Image size',
    sentence:
      'The height and width that every image is brought to; without it they stay as they are.',
    unit: 'pixels',
    range: sizeUpTo(MOST_SIDE),
    nullable: true,
    default: null,
    option: {
      name: 'image-size',
      value: 'S',
      help: 'height and width that images are brought to, 32 or 24x32',
      defaultHelp: 'as they are',
    },
  },
  'data.fit': {
    label: 'Fit',
    sentence:
      'What becomes of an image of another shape: pad keeps all of it and fills the rest with the background, crop keeps its middle, stretch distorts it.',
    range: choiceOf(imageFits),
    choiceWords: {
      pad: 'Pad: all of it, with a border',
      crop: 'Crop: its middle',
      stretch: 'Stretch: all of it, distorted',
    },
    default: 'pad',
    option: {
      name: 'fit',
      value: 'F',
      help: 'how an image of another shape is brought to the size:',
    },
  },
  'data.channels': {
    label: 'Channels',
    sentence: 'Grey (1) or colour (3); without it, colour where any image has colour.',
    range: choiceOf(channelCounts),
    nullable: true,
    default: null,
    option: {
      name: 'channels',
      value: 'N',
      help: 'grey, 1, or colour, 3',
      defaultHelp: 'as they are',
    },
  },
  'data.background': {
    label: 'Background',
    sentence: 'The colour behind transparent pixels, and of the border that pad adds.',
    range: anyColour,
    default: '#000000',
    option: {
      name: 'background',
      value: '#RRGGBB',
      help: 'colour behind transparent pixels and of added borders',
    },
  },
  'data.damaged': {
    label: 'Damaged pictures',
    sentence: 'Whether a picture that cannot be read stops the start, or is left out and named.',
    range: choiceOf(damagedPictures),
    choiceWords: { refuse: 'Refuse to start', 'leave-out': 'Leave them out, and name them' },
    default: 'refuse',
    option: {
      name: 'damaged',
      value: 'D',
      help: 'what is done about a picture that cannot be read:',
    },
  },
  'data.testShare': {
    label: 'Test share',
    sentence:
      'The share of each class’s images that is kept for the test, where the data have no test part of their own.',
    range: numberFrom(0.01, 0.9),
    default: 0.15,
    option: {
      name: 'test-share',
      value: 'X',
      help: 'share kept for the test where the data have no such part',
    },
  },
  'data.splitSeed': {
    label: 'Split seed',
    sentence:
      'Which images are kept for validation and test, where the data do not say; runs of other seeds keep the same.',
    range: wholeFrom(0, 2_147_483_647),
    default: 1,
    option: {
      name: 'split-seed',
      value: 'N',
      help: 'which images are kept for validation and test',
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
      'At most so many training images are never trained on: they tell how well the network does on new ones. The last of IDX files; of other data a fifth at most, of each class alike.',
    unit: 'examples',
    range: wholeFrom(0, 10_000_000),
    default: 5_000,
    option: {
      name: 'validation-size',
      value: 'N',
      help: 'training examples kept back for validation',
    },
  },
  'data.leftOut': {
    label: 'Images left out',
    sentence:
      'Training images that the run does not learn from, such as those whose label is marked as wrong in Mistakes; validation and test keep theirs.',
    range: anyImages,
    nullable: true,
    default: null,
    option: {
      name: 'leave-out',
      value: 'FILE',
      help: 'training images not to learn from: those marked in a table that Mistakes exports',
      more: ['or a file with an image’s sixteen digits a line; validation and test keep theirs'],
    },
  },
  'data.ownDrawings': {
    label: 'Own drawings',
    sentence:
      'The run learns from the drawings too that you have kept in Draw with what they really are; it is never validated or tested on them.',
    range: parts,
    nullable: true,
    default: null,
  },
  'data.ownDrawings.folder': {
    label: 'Folder of own drawings',
    sentence: 'Where your drawings are kept: pictures in a folder for each class.',
    range: anyText,
    nullable: true,
    default: null,
    option: {
      name: 'own-drawings',
      value: 'FOLDER',
      help: 'learn from the drawings too that Draw keeps in this folder by class',
      more: [
        'those of the data’s classes that lie there when the run begins, in training only;',
        'a run that goes on keeps to those that it began with',
      ],
    },
  },
  'data.ownDrawings.weight': {
    label: 'Weight of a drawing',
    noun: 'weight',
    sentence:
      'How many training examples each of your drawings counts as: in every epoch it is trained on so many times (oversampling).',
    unit: 'examples',
    range: wholeFrom(1, 1_000),
    default: 10,
    option: {
      name: 'own-weight',
      value: 'N',
      help: 'training examples that each own drawing counts as',
    },
  },
  'data.ownDrawings.drawings': {
    label: 'Own drawings that were there',
    sentence:
      'Which drawings the run learns from: those that lay in the folder when it began; later ones change no run.',
    range: anyImages,
    nullable: true,
    default: null,
  },
} as const satisfies FieldTable;
