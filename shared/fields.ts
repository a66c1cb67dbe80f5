import { augmentationFields } from './fields/augmentation.ts';
import { checkpointFields } from './fields/checkpoints.ts';
import { dataFields } from './fields/data.ts';
import type { Field, FieldTable } from './fields/field.ts';
import { networkFields } from './fields/network.ts';
import { optimizerFields } from './fields/optimizer.ts';
import type { NumberRange } from './fields/ranges.ts';
import { trainingFields } from './fields/training.ts';

/**
 * The table of all settings of a run. The schema's ranges, the seed run, the terminal's options and help, the texts of refusals, the form
 * and descriptions of differences derive from it. A new setting needs an entry here and a line in config.ts.
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
/** A setting's path. For a layer's setting, the layer's type takes the place of its number: `network.layers.dropout.rate`. */
export type FieldPath = keyof Fields;
/** Paths of settings that are a number, or null. */
export type NumberPath = PathTo<NumberRange>;
/** Paths of settings that are [height, width]. */
export type SizePath = PathTo<{ kind: 'size' }>;
type PathTo<R> = {
  [P in FieldPath]: Fields[P]['range'] extends R ? P : never;
}[FieldPath];

const byPath: FieldTable = fields;

/** Paths and fields in the table's order. */
export const fieldList: readonly (readonly [path: string, field: Field])[] = Object.entries(byPath);

/** The field at a path of the table; undefined if there is none. */
export const fieldAt = (path: string): Field | undefined =>
  Object.hasOwn(byPath, path) ? byPath[path] : undefined;
