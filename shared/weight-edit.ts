import * as v from 'valibot';
import type { Failure } from './ipc.ts';
import { count } from './schema-parts.ts';

/** Weights of the first convolution that a person sets by hand. */

/** Beyond this, a network's answers are no numbers soon. */
export const MOST_WEIGHT = 1000;
/** Of all kernels together: what a person does by hand. */
const MOST_EDITS = 10_000;

const place = {
  /** In the kernel, from 0. */
  row: count,
  column: count,
  /** Of the image, from 0. */
  channel: count,
  /** From 0. */
  filter: count,
};

export const weightEditSchema = v.strictObject({
  ...place,
  value: v.pipe(v.number(), v.finite(), v.minValue(-MOST_WEIGHT), v.maxValue(MOST_WEIGHT)),
});
export type WeightEdit = v.InferOutput<typeof weightEditSchema>;

/** One of each weight at most counts: the last. */
export const weightEditsSchema = v.pipe(v.array(weightEditSchema), v.maxLength(MOST_EDITS));

export const weightsInUse: Failure = {
  what: 'Weights cannot be set by hand while a run trains: its next step would change them.',
  where: 'weights set by hand',
  remedy: 'Pause it first.',
};

/** A run goes on from weights that were set by hand, on a branch of its own. */
export const weightsEditedEvent = v.strictObject({
  type: v.literal('weights-edited'),
  epoch: count,
  step: count,
  edits: v.array(v.strictObject({ ...place, value: v.number(), was: v.number() })),
});
export type DoneEdit = v.InferOutput<typeof weightsEditedEvent>['edits'][number];

/** Height, width, channels and filters of the first convolution's kernels. */
export type KernelShape = readonly [number, number, number, number];

/** Where a weight lies among the kernels' values, row by row; null: it is in none of them. */
export function placeOfWeight(
  [height, width, channels, filters]: KernelShape,
  { row, column, channel, filter }: Omit<WeightEdit, 'value'>,
): number | null {
  const isInside = row < height && column < width && channel < channels && filter < filters;
  return isInside ? ((row * width + column) * channels + channel) * filters + filter : null;
}
