import * as v from 'valibot';
import { partNames } from './dataset-parts.ts';
import { imageIdSchema } from './image-id.ts';
import { count } from './schema-parts.ts';

/** Images whose label a person says is wrong. They are found again by label and pixels, whatever data they lie in. */

export const MOST_MARKS = 10_000;

export const labelMarkSchema = v.strictObject({
  id: imageIdSchema,
  /** Where it was seen: a set's name or a place; which part, and its number there. */
  place: v.pipe(v.string(), v.maxLength(4_096)),
  datasetHash: v.pipe(v.string(), v.maxLength(64)),
  part: v.picklist(partNames),
  number: count,
  label: count,
});
export type LabelMark = v.InferOutput<typeof labelMarkSchema>;

export const labelMarkRequestSchema = v.variant('type', [
  v.strictObject({ type: v.literal('list') }),
  v.strictObject({ type: v.literal('mark'), mark: labelMarkSchema }),
  v.strictObject({ type: v.literal('take-back'), id: imageIdSchema }),
]);
export type LabelMarkRequest = v.InferOutput<typeof labelMarkRequestSchema>;

/** All marks, in the order in which they were made. */
export const labelMarksSchema = v.array(labelMarkSchema);

/** A table to be saved as comma-separated values. */
export const tableFileSchema = v.strictObject({
  /** Without its ending: what the dialog proposes. */
  name: v.pipe(v.string(), v.regex(/^[\w-]{1,60}$/, 'name must be letters, digits and dashes')),
  text: v.pipe(v.string(), v.maxLength(50_000_000)),
});
