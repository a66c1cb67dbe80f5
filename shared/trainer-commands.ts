import * as v from 'valibot';
import { checkpointRequestSchema } from './checkpoint-protocol.ts';
import { runConfigSchema } from './config.ts';
import { costRequestSchema } from './cost-protocol.ts';
import { experimentRequestSchema } from './experiment-protocol.ts';
import { languages } from './language.ts';
import { liveChangeSchema } from './live-change.ts';
import { proofRequestSchema } from './proof.ts';
import { questionSchema } from './questions.ts';
import { rateRangeSchema } from './range-test-protocol.ts';
import { weightEditsSchema } from './weight-edit.ts';

/** Commands to the trainer; its events are in trainer-events.ts. */

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** First rebuilds records that the folder's checkpoints have lost, if run.json says enough; everything else in the folder is left. */
const takeOver = v.optional(v.literal(true));

export const trainerCommandSchema = v.variant('type', [
  /** Opens a folder: restores its newest checkpoint, if any, or the named one, so that it can predict and go on. */
  v.strictObject({
    type: v.literal('open'),
    checkpointDir: v.string(),
    from: v.optional(v.string()),
    takeOver,
    /** What was deleted there may still be put back. */
    keepsAside: v.optional(v.literal(true)),
  }),
  /** Trains from the folder's newest checkpoint, or from the named one, or afresh if there is none. */
  v.strictObject({
    type: v.literal('start'),
    checkpointDir: v.string(),
    config: runConfigSchema,
    /** A checkpoint that is not the newest begins a branch; later checkpoints are kept. */
    from: v.optional(v.string()),
    /**
     * Another run's checkpoint from which a fresh run takes the matching weights: its path without `.index`, one of its files, or its
     * folder.
     */
    weightsFrom: v.optional(v.string()),
    /** Weights that are set by hand after the checkpoint is restored, which begins a branch. */
    edits: v.optional(weightEditsSchema),
    takeOver,
  }),
  /** Saves into another folder from now on, because the present one is full or gone. */
  v.strictObject({ type: v.literal('save-to'), checkpointDir: v.string() }),
  /** Asks about a folder's checkpoints; answered by a `checkpoints` event with the same id. */
  v.strictObject({
    type: v.literal('checkpoints'),
    id: count,
    checkpointDir: v.string(),
    request: checkpointRequestSchema,
  }),
  /** Takes effect from the next step on; a checkpoint keeps the state before. */
  v.strictObject({ type: v.literal('change'), change: liveChangeSchema }),
  /**
   * Sets the first convolution's weights by hand, until others are set or a run goes on; weights left out return to their learned values.
   * Refused while steps are done.
   */
  v.strictObject({ type: v.literal('edit-weights'), edits: weightEditsSchema }),
  v.strictObject({ type: v.literal('pause') }),
  v.strictObject({ type: v.literal('resume') }),
  /** Finishes the step, saves, and becomes idle. */
  v.strictObject({ type: v.literal('stop') }),
  /** Asks the network a question; answered by an `answer` or a `refused` event with the same id. */
  v.strictObject({
    type: v.literal('ask'),
    id: count,
    question: questionSchema,
    /** Asks the small network that the app ships with, whatever else there is. */
    ofShipped: v.optional(v.literal(true)),
  }),
  /**
   * Tries rates on a network of its own, which is thrown away; answered by a `rates-tried` or a `rates-refused` event with the same id.
   * Refused while there is a run; an `open` or a `start` ends it.
   */
  v.strictObject({
    type: v.literal('try-rates'),
    id: count,
    config: runConfigSchema,
    range: rateRangeSchema,
    /** A checkpoint whose weights are copied at the beginning, named as for a `start`. */
    weightsFrom: v.optional(v.string()),
  }),
  v.strictObject({ type: v.literal('stop-trying-rates') }),
  /**
   * Times some steps of a configuration; answered by a `cost-measured` or a `cost-refused` event with the same id. Refused while there is a
   * run or rates are tried; these, an `open`, and another measurement end it.
   */
  v.strictObject({ type: v.literal('measure-cost'), id: count, ...costRequestSchema.entries }),
  v.strictObject({ type: v.literal('stop-measuring-cost') }),
  /**
   * Trains what led to a checkpoint once more; answered by a `proved` or a `proof-refused` event with the same id. Refused while there is
   * a run, or rates are tried; while it goes on a run is refused. An `open` ends it.
   */
  v.strictObject({
    type: v.literal('prove'),
    id: count,
    checkpointDir: v.string(),
    request: proofRequestSchema,
  }),
  v.strictObject({ type: v.literal('stop-proving') }),
  /**
   * Trains the two networks of an experiment, which are thrown away; answered by an `experiment-done` or an `experiment-refused` event with
   * the same id. Refused while there is a run, or another trial; an `open` or a `start` ends it.
   */
  v.strictObject({ type: v.literal('experiment'), id: count, ...experimentRequestSchema.entries }),
  v.strictObject({ type: v.literal('stop-experiment') }),
  /** From now on in this language; for the process, not its service. */
  v.strictObject({ type: v.literal('speak'), language: v.picklist(languages) }),
  /** Like `stop`, then ends the process. */
  v.strictObject({ type: v.literal('shutdown') }),
]);
export type TrainerCommand = v.InferOutput<typeof trainerCommandSchema>;
export type TrainerCommandOf<T extends TrainerCommand['type']> = Extract<
  TrainerCommand,
  { type: T }
>;
