import * as v from 'valibot';
import { fields } from './fields.ts';
import { numberAt, strictRecord, yesOrNo } from './schema-parts.ts';

/** How far a training image may be changed. Changes are drawn anew for every image and step, uniformly up to the given number. */
export const augmentationSchema = strictRecord({
  shift: numberAt('data.augmentation.shift'),
  rotate: numberAt('data.augmentation.rotate'),
  scale: numberAt('data.augmentation.scale'),
  shear: numberAt('data.augmentation.shear'),
  elastic: v.nullable(
    strictRecord({
      strength: numberAt('data.augmentation.elastic.strength'),
      smoothness: numberAt('data.augmentation.elastic.smoothness'),
    }),
  ),
  // Optional entries were added after the first version, as in config.ts.
  flip: v.optional(yesOrNo('flip'), fields['data.augmentation.flip'].default),
  crop: v.optional(numberAt('data.augmentation.crop'), fields['data.augmentation.crop'].default),
  brightness: v.optional(
    numberAt('data.augmentation.brightness'),
    fields['data.augmentation.brightness'].default,
  ),
  contrast: v.optional(
    numberAt('data.augmentation.contrast'),
    fields['data.augmentation.contrast'].default,
  ),
  cutOut: v.optional(
    numberAt('data.augmentation.cutOut'),
    fields['data.augmentation.cutOut'].default,
  ),
});
export type Augmentation = v.InferOutput<typeof augmentationSchema>;
