import * as v from 'valibot';
import { imagesSchema } from './appearance.ts';
import { branchSchema } from './branch.ts';
import { checkpointAnswerSchema, failureSchema, foundSchema } from './checkpoint-protocol.ts';
import { runConfigSchema } from './config.ts';
import { costEvents } from './cost-protocol.ts';
import { experimentEvents } from './experiment-protocol.ts';
import { proofEvents } from './proof.ts';
import { answerSchema } from './questions.ts';
import { ratesEvents } from './range-test-protocol.ts';
import { reachedGoalSchema, recordedEvents } from './recorded-events.ts';
import { readingProgressSchema } from './reading-progress.ts';
import { count } from './schema-parts.ts';
import { scoreSchema, evaluatedScoreSchema } from './score.ts';

/**
 * Events of the trainer. The same events drive the window and, as JSON lines, the terminal.
 * Losses are mean softmax cross-entropy in nats, accuracies shares of 1, times seconds.
 */

export const checkpointRefSchema = v.strictObject({
  path: v.string(),
  step: count,
  epoch: count,
  /** The run's seed; the run cannot go on with another. */
  seed: count,
});
export type CheckpointRef = v.InferOutput<typeof checkpointRefSchema>;

export const phases = ['idle', 'preparing', 'training', 'paused', 'saving', 'evaluating'] as const;
export type TrainerPhase = (typeof phases)[number];

/** A point of the curves: every step at first, later every nth (shared/thin.ts). It is saved with the run. */
export const stepEventSchema = v.strictObject({
  type: v.literal('step'),
  /** Counted from 1. */
  epoch: count,
  /** Steps of the whole run, this one included. */
  step: count,
  /** Loss of this step's batch, with dropout. */
  loss: v.number(),
  accuracy: v.number(),
  /** Rate in force at this step. */
  learningRate: v.number(),
});
export type StepEvent = v.InferOutput<typeof stepEventSchema>;

/** Progress and speed of training, at most ten times a second, and whenever training halts. It is not saved with the run. */
const paceEvent = v.strictObject({
  type: v.literal('pace'),
  /** Values of the newest step, as in a `step` event. */
  epoch: count,
  step: count,
  loss: v.number(),
  examplesPerSecond: v.number(),
  /** Time for everything that the run still has to do: steps, validations, saving and the test. */
  secondsLeft: v.nullable(v.number()),
});
export type PaceEvent = v.InferOutput<typeof paceEvent>;

/** Progress of evaluations and saving, which hold training up, at most ten times a second. It is not saved with the run. */
const progressEvent = v.strictObject({
  type: v.literal('progress'),
  phase: v.picklist(['evaluating', 'saving']),
  /** As of the phase: which examples are evaluated. */
  detail: v.picklist(['validation', 'training', 'test', '']),
  /** Of a validation, or of training measured as one, the epoch that it is of, counted from 1; else the epochs that are done. */
  epoch: count,
  step: count,
  /** Examples; 0 of 0 while saving, since the amount written is not known. */
  done: count,
  total: count,
  /** Time left for the whole run, as in `pace`. Null while it is being stopped, or nothing was measured. */
  secondsLeft: v.nullable(v.number()),
});
export type ProgressEvent = v.InferOutput<typeof progressEvent>;

export const epochEventSchema = v.strictObject({
  type: v.literal('epoch'),
  epoch: count,
  step: count,
  /** Batches of this epoch. */
  batches: count,
  /** Mean over the epoch's examples during training, with dropout. */
  train: scoreSchema,
  /**
   * Of so many training examples, always the same, with the weights at the epoch's end and without dropout or augmentation: as
   * validation is measured. Left out where `training.measureTraining` is off; earlier versions had none.
   */
  trainEvaluated: v.optional(v.strictObject({ ...scoreSchema.entries, examples: count })),
  /** Null where no example was kept for validation. */
  validation: v.nullable(evaluatedScoreSchema),
});
export type EpochEvent = v.InferOutput<typeof epochEventSchema>;

/** An event as saved with the run and marked on its curves. */
export const runEventSchema = v.variant('type', [
  ...recordedEvents,
  /** A checkpoint of this step was written. Its path is left out, since folders are moved; `epoch` counts the finished epochs. */
  v.strictObject({ type: v.literal('saved'), epoch: count, step: count }),
]);
export type RunEvent = v.InferOutput<typeof runEventSchema>;

/** A run's event, and the branch on which it happened. */
export const branchEventSchema = v.strictObject({ branch: count, event: runEventSchema });
export type BranchEvent = v.InferOutput<typeof branchEventSchema>;

/**
 * What is known of a run so far: the path that led to its newest step, oldest first. The branch of a step or an epoch follows from where
 * the branches were forked.
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
  /** Set if the checkpoint that the run goes on from has reached a goal already, so that nothing is left to train. */
  goalReached: v.optional(reachedGoalSchema),
  /** Factor by which plateaus have lowered the rate; 1 if left out. */
  rateFactor: v.optional(v.number()),
  /** Number of the branch in the run's folder, from 1; a higher one went back to an earlier checkpoint. */
  branch: count,
  /** Where its ancestors were forked, the oldest first. */
  forks: branchSchema.entries.forks,
  /** Names of the variables that a fresh run took from another run's checkpoint, and those it did not take, with the reason. */
  weightsFrom: v.nullable(
    v.strictObject({ from: v.string(), taken: v.array(v.string()), left: v.array(v.string()) }),
  ),
  examples: v.strictObject({ train: count, validation: count, test: count }),
  /** The images that the network takes, and their appearance. */
  images: v.optional(imagesSchema),
  stepsPerEpoch: count,
  totalSteps: count,
});

const openedEvent = v.strictObject({
  type: v.literal('opened'),
  checkpointDir: v.string(),
  /** The folder's newest good checkpoint; null if there is none. */
  restoredFrom: v.nullable(checkpointRefSchema),
  config: v.nullable(runConfigSchema),
  /** The images that its network takes. */
  images: v.optional(imagesSchema),
  precision: v.nullable(v.picklist(['float32', 'bfloat16'])),
  history: historySchema,
  /** Warnings, such as damaged checkpoints that were passed over. */
  warnings: v.array(failureSchema),
  found: v.nullable(foundSchema),
});

export const trainerEventSchema = v.variant('type', [
  v.strictObject({ type: v.literal('ready') }),
  v.strictObject({ type: v.literal('phase'), phase: v.picklist(phases), detail: v.string() }),
  openedEvent,
  startedEvent,
  stepEventSchema,
  /** Progress of reading the data, before the run has started. */
  v.strictObject({ type: v.literal('reading'), ...readingProgressSchema.entries }),
  paceEvent,
  progressEvent,
  epochEventSchema,
  ...recordedEvents,
  v.strictObject({ type: v.literal('saved'), ...checkpointRefSchema.entries }),
  /** The run goes on from this checkpoint if it is killed; the next checkpoint replaces it. */
  v.strictObject({ type: v.literal('recovery-saved'), ...checkpointRefSchema.entries }),
  v.strictObject({
    type: v.literal('finished'),
    epoch: count,
    step: count,
    test: evaluatedScoreSchema,
    /** Training time of this start, without pauses. */
    seconds: v.number(),
  }),
  /** The run ended early because it was asked to; `checkpoint` is where it can go on. */
  v.strictObject({
    type: v.literal('stopped'),
    epoch: count,
    step: count,
    checkpoint: v.nullable(checkpointRefSchema),
  }),
  ...ratesEvents,
  ...costEvents,
  ...experimentEvents,
  ...proofEvents,
  v.strictObject({ type: v.literal('checkpoints'), id: count, answer: checkpointAnswerSchema }),
  v.strictObject({ type: v.literal('warning'), ...failureSchema.entries }),
  v.strictObject({
    type: v.literal('failed'),
    ...failureSchema.entries,
    /** Whether the request was impossible, so that nothing was started. */
    refused: v.optional(v.literal(true)),
  }),
  v.strictObject({ type: v.literal('answer'), id: count, answer: answerSchema }),
  /** Sent instead of an answer: why there is none. */
  v.strictObject({ type: v.literal('refused'), id: count, ...failureSchema.entries }),
]);
export type TrainerEvent = v.InferOutput<typeof trainerEventSchema>;
export type TrainerEventOf<T extends TrainerEvent['type']> = Extract<TrainerEvent, { type: T }>;
export type DiagnosticsEvent = TrainerEventOf<'diagnostics'>;

/** Schema of one event of the trainer, by its type. */
export const eventOf = <T extends TrainerEvent['type']>(type: T) =>
  v.custom<TrainerEventOf<T>>((value) => v.is(trainerEventSchema, value) && value.type === type);
