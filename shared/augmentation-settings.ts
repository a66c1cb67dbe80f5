import { fields, type NumberPath } from './fields.ts';
import { bordersOf } from './fields/ranges.ts';
import type { ImageShape } from './network-shape.ts';

/** What a form needs to know to change the augmentation. */

export type AugmentationNumber = NumberPath & `data.augmentation.${string}`;

/** Ends and step of a slider. */
export interface SliderRange {
  least: number;
  most: number;
  step: number;
}

/** Where sliders end: beyond, most kinds of images could not be told apart any more. Typed values may go up to the table's limit. */
const sliders: Readonly<
  Record<AugmentationNumber, { step: number } & ({ most: number } | { ofSide: number })>
> = {
  'data.augmentation.shift': { ofSide: 1 / 4, step: 0.5 },
  'data.augmentation.rotate': { most: 45, step: 1 },
  'data.augmentation.scale': { most: 0.5, step: 0.01 },
  'data.augmentation.shear': { most: 30, step: 1 },
  'data.augmentation.elastic.strength': { ofSide: 1 / 7, step: 0.1 },
  'data.augmentation.elastic.smoothness': { ofSide: 1 / 3, step: 0.5 },
  'data.augmentation.crop': { ofSide: 1 / 4, step: 1 },
  'data.augmentation.brightness': { most: 0.5, step: 0.01 },
  'data.augmentation.contrast': { most: 1, step: 0.01 },
  'data.augmentation.cutOut': { ofSide: 1, step: 1 },
};

/** Paths in the table's order. */
export const augmentationNumbers = Object.keys(sliders) as readonly AugmentationNumber[];

export const isAugmentationNumber = (path: string): path is AugmentationNumber =>
  Object.hasOwn(sliders, path);

/**
 * The range of a number's slider, for images of one size.
 * @param value the present value, which the range always includes
 */
export function sliderRange(
  path: AugmentationNumber,
  { height, width }: Pick<ImageShape, 'height' | 'width'>,
  value: number,
): SliderRange {
  const slider = sliders[path];
  const { least, most } = bordersOf(fields[path].range);
  const { step } = slider;
  const wanted = 'most' in slider ? slider.most : Math.min(height, width) * slider.ofSide;
  // The end is a whole number of steps, at least one.
  const end = Number((Math.max(1, Math.round(wanted / step)) * step).toFixed(6));
  return {
    // The least positive number is too small for a step.
    least: least === 0 ? 0 : step,
    most: Math.max(value, Math.min(end, most)),
    step,
  };
}
