import * as v from 'valibot';
import { checkpointAnswerSchema, type CheckpointAnswer } from './checkpoint-protocol.ts';

/** A folder's list of checkpoints as it goes to the page: in parts, since ten thousand at once would have the window stand still. */

export type CheckpointList = Extract<CheckpointAnswer, { type: 'list' }>;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Which list, and from which of its checkpoints on. */
export const listingPlaceSchema = v.strictObject({ listing: count, from: count });

export const listedPartSchema = v.strictObject({
  listing: count,
  /** Checkpoints of the whole list. */
  total: count,
  /** A refusal, or the list with a part of its checkpoints alone. */
  answer: checkpointAnswerSchema,
});
export type ListedPart = v.InferOutput<typeof listedPartSchema>;
