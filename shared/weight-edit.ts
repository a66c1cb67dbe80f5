import * as v from 'valibot';
import type { Failure } from './ipc.ts';
import { count } from './schema-parts.ts';

/** Weights of the first convolution that a person sets by hand. */

/** With larger weights, a network's answers soon stop being finite. */
export const MOST_WEIGHT = 1000;
/** Most edits in all kernels together: more than a person makes by hand. */
const MOST_EDITS = 10_000;

const place = {
  /** Row in the kernel, from 0. */
  row: count,
  column: count,
  /** Channel of the image, from 0. */
  channel: count,
  /** Number of the filter, from 0. */
  filter: count,
};

export const weightEditSchema = v.strictObject({
  ...place,
  value: v.pipe(v.number(), v.finite(), v.minValue(-MOST_WEIGHT), v.maxValue(MOST_WEIGHT)),
});
export type WeightEdit = v.InferOutput<typeof weightEditSchema>;

/** If there are several edits of a weight, the last counts. */
export const weightEditsSchema = v.pipe(v.array(weightEditSchema), v.maxLength(MOST_EDITS));

export const weightsInUse: Failure = {
  what: 'Weights cannot be set by hand while a run trains: its next step would change them.',
  where: 'weights set by hand',
  remedy: 'Pause it first.',
};

/** A run goes on with weights that were set by hand, on a branch of its own. */
export const weightsEditedEvent = v.strictObject({
  type: v.literal('weights-edited'),
  epoch: count,
  step: count,
  edits: v.array(v.strictObject({ ...place, value: v.number(), was: v.number() })),
});
export type DoneEdit = v.InferOutput<typeof weightsEditedEvent>['edits'][number];

/** Height, width, channels and filters of the first convolution's kernels. */
export type KernelShape = readonly [number, number, number, number];

/** The index of a weight in the kernels' values, row by row; null if there is no such weight. */
export function placeOfWeight(
  [height, width, channels, filters]: KernelShape,
  { row, column, channel, filter }: Omit<WeightEdit, 'value'>,
): number | null {
  const isInside = row < height && column < width && channel < channels && filter < filters;
  return isInside ? ((row * width + column) * channels + channel) * filters + filter : null;
}
