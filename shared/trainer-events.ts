import * as v from 'valibot';
import { imagesSchema } from './appearance.ts';
import { branchSchema } from './branch.ts';
import { checkpointAnswerSchema, failureSchema, foundSchema } from './checkpoint-protocol.ts';
import { runConfigSchema } from './config.ts';
import { costEvents } from './cost-protocol.ts';
import { proofEvents } from './proof.ts';
import { answerSchema } from './questions.ts';
import { ratesEvents } from './range-test-protocol.ts';
import { reachedGoalSchema, recordedEvents } from './recorded-events.ts';
import { readingProgressSchema } from './reading-progress.ts';
import { count } from './schema-parts.ts';
import { scoreSchema, evaluatedScoreSchema } from './score.ts';

/**
 * What the trainer tells. The same events drive the window and, as JSON lines, the terminal.
 * Losses are mean softmax cross-entropy in nats, accuracies shares of 1, times seconds.
 */

export const checkpointRefSchema = v.strictObject({
  path: v.string(),
  step: count,
  epoch: count,
  /** Of its run, which cannot go on with another. */
  seed: count,
});
export type CheckpointRef = v.InferOutput<typeof checkpointRefSchema>;

export const phases = ['idle', 'preparing', 'training', 'paused', 'saving', 'evaluating'] as const;
export type TrainerPhase = (typeof phases)[number];

/** A point of the curves: of every step at first, later of every so many (shared/thin.ts); it is kept with the run. */
export const stepEventSchema = v.strictObject({
  type: v.literal('step'),
  /** Counted from 1. */
  epoch: count,
  /** Steps of the whole run, this one included. */
  step: count,
  /** Of this step's batch, dropout on. */
  loss: v.number(),
  accuracy: v.number(),
  /** Rate in force at this step. */
  learningRate: v.number(),
});
export type StepEvent = v.InferOutput<typeof stepEventSchema>;

/** How far training has come and how fast it goes, ten times a second at most, and whenever it stands still. It is not kept with the run. */
const paceEvent = v.strictObject({
  type: v.literal('pace'),
  /** Of the newest step, as in a `step`. */
  epoch: count,
  step: count,
  loss: v.number(),
  examplesPerSecond: v.number(),
  /** Of all that the run has still to do: steps, validations, saving and the test. */
  secondsLeft: v.nullable(v.number()),
});
export type PaceEvent = v.InferOutput<typeof paceEvent>;

/** How far has come what holds training up, ten times a second at most. It is not kept with the run. */
const progressEvent = v.strictObject({
  type: v.literal('progress'),
  phase: v.picklist(['evaluating', 'saving']),
  /** As of the phase: which examples are evaluated. */
  detail: v.picklist(['validation', 'test', '']),
  /** Of a validation, the epoch that it is of, counted from 1; else the epochs that are done. */
  epoch: count,
  step: count,
  /** Examples; 0 of 0 while saving, for how much is written is not told. */
  done: count,
  total: count,
  /** Of the whole run, as in `pace`. Null while it is stopped, or nothing was measured. */
  secondsLeft: v.nullable(v.number()),
});
export type ProgressEvent = v.InferOutput<typeof progressEvent>;

export const epochEventSchema = v.strictObject({
  type: v.literal('epoch'),
  epoch: count,
  step: count,
  /** Batches of this epoch. */
  batches: count,
  /** Mean over the epoch's examples as they were trained on, dropout on. */
  train: scoreSchema,
  /** Null where no example was kept for validation. */
  validation: v.nullable(evaluatedScoreSchema),
});
export type EpochEvent = v.InferOutput<typeof epochEventSchema>;

/** As it is kept with the run, and marked on its curves. */
export const runEventSchema = v.variant('type', [
  ...recordedEvents,
  /** A checkpoint of this step was written. Its path is left out, for folders are moved; its epochs are those that are done. */
  v.strictObject({ type: v.literal('saved'), epoch: count, step: count }),
]);
export type RunEvent = v.InferOutput<typeof runEventSchema>;

/** A run's event, and the branch of the run on which it happened. */
export const branchEventSchema = v.strictObject({ branch: count, event: runEventSchema });
export type BranchEvent = v.InferOutput<typeof branchEventSchema>;

/**
 * What is known of a run so far: the way that led to its newest step, oldest first. Which branch a step or an epoch was done on
 * follows from where the branches were forked.
 */
export const historySchema = v.strictObject({
  branch: branchSchema,
  steps: v.array(stepEventSchema),
  epochs: v.array(epochEventSchema),
  events: v.array(branchEventSchema),
});
export type History = v.InferOutput<typeof historySchema>;

const startedEvent = v.strictObject({
  type: v.literal('started'),
  config: runConfigSchema,
  parameters: count,
  /** Processor and threads, as the trainer sees them. */
  device: v.string(),
  precision: v.picklist(['float32', 'bfloat16']),
  /** One sentence: why this precision. */
  precisionReason: v.string(),
  restoredFrom: v.nullable(checkpointRefSchema),
  /** What it goes on from has reached this already: nothing is left to train. */
  goalReached: v.optional(reachedGoalSchema),
  /** By what plateaus have lowered the rate; left out: by nothing. */
  rateFactor: v.optional(v.number()),
  /** Of the run's folder, from 1: a higher one has gone back to an earlier checkpoint. */
  branch: count,
  /** Where its ancestors were forked, the oldest first. */
  forks: branchSchema.entries.forks,
  /** What a fresh start took from another run's checkpoint, by variables' names; what it left, with the reason. */
  weightsFrom: v.nullable(
    v.strictObject({ from: v.string(), taken: v.array(v.string()), left: v.array(v.string()) }),
  ),
  examples: v.strictObject({ train: count, validation: count, test: count }),
  /** What the network takes, and how it looks. */
  images: v.optional(imagesSchema),
  stepsPerEpoch: count,
  totalSteps: count,
});

const openedEvent = v.strictObject({
  type: v.literal('opened'),
  checkpointDir: v.string(),
  /** What the folder's newest good checkpoint is; null: the folder holds none. */
  restoredFrom: v.nullable(checkpointRefSchema),
  config: v.nullable(runConfigSchema),
  /** What its network takes. */
  images: v.optional(imagesSchema),
  precision: v.nullable(v.picklist(['float32', 'bfloat16'])),
  history: historySchema,
  /** Damaged checkpoints that were passed over, and the like. */
  warnings: v.array(failureSchema),
  found: v.nullable(foundSchema),
});

export const trainerEventSchema = v.variant('type', [
  v.strictObject({ type: v.literal('ready') }),
  v.strictObject({ type: v.literal('phase'), phase: v.picklist(phases), detail: v.string() }),
  openedEvent,
  startedEvent,
  stepEventSchema,
  /** How far the data are read, before the run has started. */
  v.strictObject({ type: v.literal('reading'), ...readingProgressSchema.entries }),
  paceEvent,
  progressEvent,
  epochEventSchema,
  ...recordedEvents,
  v.strictObject({ type: v.literal('saved'), ...checkpointRefSchema.entries }),
  /** The run goes on from here should it be killed; the next checkpoint takes its place. */
  v.strictObject({ type: v.literal('recovery-saved'), ...checkpointRefSchema.entries }),
  v.strictObject({
    type: v.literal('finished'),
    epoch: count,
    step: count,
    test: evaluatedScoreSchema,
    /** Training time of this start, pauses left out. */
    seconds: v.number(),
  }),
  /** Ended before its time because it was asked to; `checkpoint` is where it goes on. */
  v.strictObject({
    type: v.literal('stopped'),
    epoch: count,
    step: count,
    checkpoint: v.nullable(checkpointRefSchema),
  }),
  ...ratesEvents,
  ...costEvents,
  ...proofEvents,
  v.strictObject({ type: v.literal('checkpoints'), id: count, answer: checkpointAnswerSchema }),
  v.strictObject({ type: v.literal('warning'), ...failureSchema.entries }),
  v.strictObject({
    type: v.literal('failed'),
    ...failureSchema.entries,
    /** What was asked for cannot be: nothing was started. */
    refused: v.optional(v.literal(true)),
  }),
  v.strictObject({ type: v.literal('answer'), id: count, answer: answerSchema }),
  /** In place of an answer: why there is none. */
  v.strictObject({ type: v.literal('refused'), id: count, ...failureSchema.entries }),
]);
export type TrainerEvent = v.InferOutput<typeof trainerEventSchema>;
export type TrainerEventOf<T extends TrainerEvent['type']> = Extract<TrainerEvent, { type: T }>;
export type DiagnosticsEvent = TrainerEventOf<'diagnostics'>;

/** Schema of one event of the trainer, by its type. */
export const eventOf = <T extends TrainerEvent['type']>(type: T) =>
  v.custom<TrainerEventOf<T>>((value) => v.is(trainerEventSchema, value) && value.type === type);
