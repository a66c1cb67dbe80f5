import * as v from 'valibot';
import { augmentationSchema } from './augmentation.ts';
import { fields } from './fields.ts';
import { channelCounts, damagedPictures, imageFits } from './fields/choices.ts';
import { leftOutSchema } from './left-out.ts';
import { mixedDrawingsSchema } from './mixed-drawings.ts';
import {
  colour,
  numberAt,
  oneOf,
  sizeAt,
  someText,
  strictRecord,
  yesOrNo,
} from './schema-parts.ts';

/** Which images a run learns from, and how they are read and used. */
export const dataSchema = strictRecord({
  dataset: someText('dataset must be the name of a set, or a folder or file'),
  imageSize: v.optional(v.nullable(sizeAt('data.imageSize')), fields['data.imageSize'].default),
  fit: v.optional(oneOf('fit', imageFits), fields['data.fit'].default),
  channels: v.optional(
    v.nullable(oneOf('channels', channelCounts)),
    fields['data.channels'].default,
  ),
  background: v.optional(colour('background'), fields['data.background'].default),
  damaged: v.optional(oneOf('damaged', damagedPictures), fields['data.damaged'].default),
  testShare: v.optional(numberAt('data.testShare'), fields['data.testShare'].default),
  splitSeed: v.optional(numberAt('data.splitSeed'), fields['data.splitSeed'].default),
  batchSize: numberAt('data.batchSize'),
  validationSize: numberAt('data.validationSize'),
  transpose: v.optional(yesOrNo('transpose'), fields['data.transpose'].default),
  invert: v.optional(yesOrNo('invert'), fields['data.invert'].default),
  leftOut: v.optional(leftOutSchema, fields['data.leftOut'].default),
  ownDrawings: mixedDrawingsSchema,
  augmentation: v.optional(v.nullable(augmentationSchema), fields['data.augmentation'].default),
});
