import * as v from 'valibot';
import { checkpointRequestSchema } from './checkpoint-protocol.ts';
import { runConfigSchema } from './config.ts';
import { costRequestSchema } from './cost-protocol.ts';
import { liveChangeSchema } from './live-change.ts';
import { proofRequestSchema } from './proof.ts';
import { questionSchema } from './questions.ts';
import { rateRangeSchema } from './range-test-protocol.ts';
import { weightEditsSchema } from './weight-edit.ts';

/** What the trainer can be told to do; what it tells in turn is in trainer-events.ts. */

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Records that the folder's checkpoints have lost are written anew first, where run.json tells enough; what else lies there is left. */
const takeOver = v.optional(v.literal(true));

export const trainerCommandSchema = v.variant('type', [
  /** Look at a folder: restore its newest checkpoint, if any, or the one named, so that it can predict and go on. */
  v.strictObject({
    type: v.literal('open'),
    checkpointDir: v.string(),
    from: v.optional(v.string()),
    takeOver,
  }),
  /** Train: from the folder's newest checkpoint, or from the one named; afresh where there is none. */
  v.strictObject({
    type: v.literal('start'),
    checkpointDir: v.string(),
    config: runConfigSchema,
    /** Going back to one that is not the newest begins a branch; what came after it is kept. */
    from: v.optional(v.string()),
    /** A fresh start takes the weights that match from this checkpoint of another run: its path without `.index`, one of its files, or its folder. */
    weightsFrom: v.optional(v.string()),
    /** It goes on from the checkpoint with these weights set by hand, which begins a branch. */
    edits: v.optional(weightEditsSchema),
    takeOver,
  }),
  /** Save into another folder from now on: the one so far is full, or gone. */
  v.strictObject({ type: v.literal('save-to'), checkpointDir: v.string() }),
  /** Ask something of a folder's checkpoints; answered by a `checkpoints` event with the same id. */
  v.strictObject({
    type: v.literal('checkpoints'),
    id: count,
    checkpointDir: v.string(),
    request: checkpointRequestSchema,
  }),
  /** From the next step on; what was before is kept in a checkpoint. */
  v.strictObject({ type: v.literal('change'), change: liveChangeSchema }),
  /** Until something else is set, or a run goes on: all of the first convolution's weights that are set by hand. Refused while steps are done. */
  v.strictObject({ type: v.literal('edit-weights'), edits: weightEditsSchema }),
  v.strictObject({ type: v.literal('pause') }),
  v.strictObject({ type: v.literal('resume') }),
  /** Finish the step, save, be idle. */
  v.strictObject({ type: v.literal('stop') }),
  /** Ask the network something; answered by an `answer` or a `refused` event with the same id. */
  v.strictObject({ type: v.literal('ask'), id: count, question: questionSchema }),
  /**
   * Try rates on a network of its own, which is thrown away; answered by a `rates-tried` or a `rates-refused` event with the same id.
   * Refused while there is a run; an `open` or a `start` ends it.
   */
  v.strictObject({
    type: v.literal('try-rates'),
    id: count,
    config: runConfigSchema,
    range: rateRangeSchema,
    /** It begins with a copy of this checkpoint's weights, which is named as for a `start`. */
    weightsFrom: v.optional(v.string()),
  }),
  v.strictObject({ type: v.literal('stop-trying-rates') }),
  /**
   * Time some steps of a set-up; answered by a `cost-measured` or a `cost-refused` event with the same id. Refused while there is a run
   * or rates are tried; these, an `open`, and another measurement end it.
   */
  v.strictObject({ type: v.literal('measure-cost'), id: count, ...costRequestSchema.entries }),
  v.strictObject({ type: v.literal('stop-measuring-cost') }),
  /**
   * Train what led to a checkpoint once more; answered by a `proved` or a `proof-refused` event with the same id. Refused while there is
   * a run, or rates are tried; while it goes on a run is refused. An `open` ends it.
   */
  v.strictObject({
    type: v.literal('prove'),
    id: count,
    checkpointDir: v.string(),
    request: proofRequestSchema,
  }),
  v.strictObject({ type: v.literal('stop-proving') }),
  /** As `stop`, then end the process. */
  v.strictObject({ type: v.literal('shutdown') }),
]);
export type TrainerCommand = v.InferOutput<typeof trainerCommandSchema>;
export type TrainerCommandOf<T extends TrainerCommand['type']> = Extract<
  TrainerCommand,
  { type: T }
>;
