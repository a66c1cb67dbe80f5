import { augmentationFields } from './fields/augmentation.ts';
import { checkpointFields } from './fields/checkpoints.ts';
import { dataFields } from './fields/data.ts';
import type { Field, FieldTable } from './fields/field.ts';
import { networkFields } from './fields/network.ts';
import { optimizerFields } from './fields/optimizer.ts';
import type { NumberRange } from './fields/ranges.ts';
import { trainingFields } from './fields/training.ts';

/**
 * Every setting of a run, once: the schema's ranges, the seed run, the terminal's options and help, the refusals' words, the
 * form and what is told of differences derive from it. A new setting is an entry here and a line in config.ts.
 */
export const fields = {
  ...trainingFields,
  ...optimizerFields,
  ...dataFields,
  ...augmentationFields,
  ...checkpointFields,
  ...networkFields,
} as const satisfies FieldTable;

type Fields = typeof fields;
/** A setting's path. Of a layer, its type stands where its number is: `network.layers.dropout.rate`. */
export type FieldPath = keyof Fields;
/** Those that are a number, or null. */
export type NumberPath = PathTo<NumberRange>;
/** Those that are [height, width]. */
export type SizePath = PathTo<{ kind: 'size' }>;
type PathTo<R> = {
  [P in FieldPath]: Fields[P]['range'] extends R ? P : never;
}[FieldPath];

const byPath: FieldTable = fields;

/** In the table's order. */
export const fieldList: readonly (readonly [path: string, field: Field])[] = Object.entries(byPath);

/** The setting at a path of the table; undefined: there is none. */
export const fieldAt = (path: string): Field | undefined =>
  Object.hasOwn(byPath, path) ? byPath[path] : undefined;
