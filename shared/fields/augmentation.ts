import { MOST_SIDE } from './data.ts';
import type { FieldTable } from './field.ts';
import { numberFrom, parts, positiveUpTo, wholeFrom, yesNo } from './ranges.ts';

/** How training images are varied. */
export const augmentationFields = {
  'data.augmentation': {
    label: 'Augmentation',
    sentence: 'Moves and bends every training image a little, differently at every step.',
    range: parts,
    nullable: true,
    default: null,
  },
  'data.augmentation.shift': {
    label: 'Shifting',
    sentence: 'How far an image may be moved, up to so much to each side.',
    unit: 'pixels',
    range: numberFrom(0, 64),
    default: 2,
    nothing: 0,
  },
  'data.augmentation.rotate': {
    label: 'Rotation',
    sentence: 'How far an image may be turned, either way.',
    unit: 'degrees',
    range: numberFrom(0, 180),
    default: 10,
    nothing: 0,
  },
  'data.augmentation.scale': {
    label: 'Scaling',
    sentence: 'The share by which an image may grow or shrink: 0.1 is 90 to 110 %.',
    range: numberFrom(0, 0.9),
    default: 0.1,
    nothing: 0,
  },
  'data.augmentation.shear': {
    label: 'Shear',
    sentence: 'How far upright lines may lean, either way.',
    unit: 'degrees',
    range: numberFrom(0, 80),
    default: 5,
    nothing: 0,
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
  'data.augmentation.flip': {
    label: 'Flip',
    sentence: 'Shows every other image, by chance, as in a mirror: left and right exchanged.',
    range: yesNo,
    default: false,
    option: {
      name: 'flip',
      help: 'show images mirrored, left to right, by chance one in two; --no-flip: never',
    },
  },
  'data.augmentation.crop': {
    label: 'Crop',
    sentence:
      'Adds a border of background this wide and cuts the image’s size out of it at random: a shift by whole pixels.',
    unit: 'pixels',
    range: wholeFrom(0, 64),
    default: 0,
    option: { name: 'crop', value: 'N', help: 'move images by whole pixels, up to so many' },
  },
  'data.augmentation.brightness': {
    label: 'Brightness',
    sentence:
      'How much brighter or darker an image may become: the share of black to white by which all its pixels change.',
    range: numberFrom(0, 1),
    default: 0,
    option: {
      name: 'brightness',
      value: 'X',
      help: 'make images brighter or darker by up to this share of black to white',
    },
  },
  'data.augmentation.contrast': {
    label: 'Contrast',
    sentence:
      'The share by which the differences from the image’s mean may grow or shrink: 0.2 is 80 to 120 %.',
    range: numberFrom(0, 1),
    default: 0,
    option: {
      name: 'contrast',
      value: 'X',
      help: 'raise or lower images’ contrast by up to this share',
    },
  },
  'data.augmentation.cutOut': {
    label: 'Cut-out',
    sentence:
      'Covers a square this wide, at a random place, with the image’s mean (DeVries & Taylor 2017).',
    unit: 'pixels',
    range: wholeFrom(0, MOST_SIDE),
    default: 0,
    option: {
      name: 'cut-out',
      value: 'N',
      help: 'cover a square of so many pixels at a random place with the image’s mean',
    },
  },
} as const satisfies FieldTable;
