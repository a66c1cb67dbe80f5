import * as v from 'valibot';
import { augmentationSchema, type Augmentation } from './augmentation.ts';
import { fields, type NumberPath } from './fields.ts';
import { augmentationFields } from './fields/augmentation.ts';
import { bordersOf } from './fields/ranges.ts';
import type { ImageShape } from './network-shape.ts';
import { valueAt, withValueAt } from './setting-paths.ts';

/** What a form needs to change how training images are varied. */

const GROUP = 'data.augmentation';
const ELASTIC = `${GROUP}.elastic`;

export type AugmentationNumber = NumberPath & `data.augmentation.${string}`;

const settingsOf = (group: string): [name: string, usual: unknown][] =>
  Object.entries(augmentationFields)
    .filter(([path]) => path.slice(0, path.lastIndexOf('.')) === group)
    .map(([path, { default: usual }]) => [path.slice(group.length + 1), usual]);

/** Augmentation as it is when it is switched on: each setting at its default. */
export const usualAugmentation = (): Augmentation =>
  v.parse(augmentationSchema, Object.fromEntries(settingsOf(GROUP)));

/** Elastic distortion as it is when it is switched on. */
export const usualElastic = (): NonNullable<Augmentation['elastic']> =>
  v.parse(
    v.nonNullable(augmentationSchema.entries.elastic),
    Object.fromEntries(settingsOf(ELASTIC)),
  );

/**
 * The number at a path of the table.
 * @returns null where the augmentation has no such number: it is one of elastic distortion, which is off
 */
export function augmentationNumberAt(
  augmentation: Augmentation,
  path: AugmentationNumber,
): number | null {
  const value = valueAt(augmentation, path.slice(GROUP.length + 1));
  return typeof value === 'number' ? value : null;
}

/** A copy with another number at a path of the table. */
export const withAugmentationNumber = (
  augmentation: Augmentation,
  path: AugmentationNumber,
  value: number,
): Augmentation => withValueAt(augmentation, path.slice(GROUP.length + 1), value) as Augmentation;

/** Ends and step of a slider. */
export interface SliderRange {
  least: number;
  most: number;
  step: number;
}

/** Up to where a slider goes: beyond, images of most kinds could not be told apart any more. Typing goes up to the table's end. */
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

/** In the table's order. */
export const augmentationNumbers = Object.keys(sliders) as readonly AugmentationNumber[];

/**
 * Where a number's slider begins and ends, for images of one size.
 * @param value which is never beyond the end
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
  // In whole steps, of which there is at least one.
  const end = Number((Math.max(1, Math.round(wanted / step)) * step).toFixed(6));
  return {
    // A positive number's least is too small for a step.
    least: least === 0 ? 0 : step,
    most: Math.max(value, Math.min(end, most)),
    step,
  };
}
