import * as v from 'valibot';
import { imagesSchema } from './appearance.ts';
import {
  checkpointAnswerSchema,
  checkpointRequestSchema,
  failureSchema,
} from './checkpoint-protocol.ts';
import { runConfigSchema } from './config.ts';
import { answerSchema, questionSchema } from './questions.ts';
import { count, numberAt } from './schema-parts.ts';

/**
 * Commands to and events from the trainer. The same events drive the window and, as JSON lines, the terminal.
 * Losses are mean softmax cross-entropy in nats, accuracies shares of 1, times seconds.
 */

export const scoreSchema = v.strictObject({ loss: v.number(), accuracy: v.number() });
export type Score = v.InferOutput<typeof scoreSchema>;

/** Without dropout. Runs of earlier versions have the loss and the accuracy only. */
export const evaluatedScoreSchema = v.strictObject({
  ...scoreSchema.entries,
  /** Share whose class is among the two most probable. */
  topTwo: v.optional(v.number()),
  /** How many examples of each class (row) were given each answer (column). */
  confusion: v.optional(v.array(v.array(count))),
});
export type EvaluatedScore = v.InferOutput<typeof evaluatedScoreSchema>;

const checkpointRef = v.strictObject({
  path: v.string(),
  step: count,
  epoch: count,
  /** Of its run, which cannot go on with another. */
  seed: count,
});
export type CheckpointRef = v.InferOutput<typeof checkpointRef>;

/** Numbers that may change while a run runs; what is left out stays. */
const liveChangeSchema = v.strictObject({
  learningRate: v.optional(numberAt('optimizer.learningRate')),
  momentum: v.optional(numberAt('optimizer.rule.momentum')),
  weightDecay: v.optional(numberAt('optimizer.weightDecay')),
  /** Probability of dropping, for each dropout of the network in turn. */
  dropRates: v.optional(v.array(numberAt('network.layers.dropout.rate'))),
});
export type LiveChange = v.InferOutput<typeof liveChangeSchema>;

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
  v.strictObject({ type: v.literal('pause') }),
  v.strictObject({ type: v.literal('resume') }),
  /** Finish the step, save, be idle. */
  v.strictObject({ type: v.literal('stop') }),
  ...questionSchema.options,
  /** As `stop`, then end the process. */
  v.strictObject({ type: v.literal('shutdown') }),
]);
export type TrainerCommand = v.InferOutput<typeof trainerCommandSchema>;
export type TrainerCommandOf<T extends TrainerCommand['type']> = Extract<
  TrainerCommand,
  { type: T }
>;

export const phases = ['idle', 'preparing', 'training', 'paused', 'saving', 'evaluating'] as const;
const phase = v.picklist(phases);
export type TrainerPhase = v.InferOutput<typeof phase>;

const stepEvent = v.strictObject({
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
  examplesPerSecond: v.number(),
  /** Of all that the run has still to do: steps, validations, saving and the test. */
  secondsLeft: v.nullable(v.number()),
});
export type StepEvent = v.InferOutput<typeof stepEvent>;

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
  /** Of the whole run, as in a step. Null while it is stopped, or nothing was measured. */
  secondsLeft: v.nullable(v.number()),
});
export type ProgressEvent = v.InferOutput<typeof progressEvent>;

const epochEvent = v.strictObject({
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
export type EpochEvent = v.InferOutput<typeof epochEvent>;

/** The curves of a run so far, oldest first. */
export const historySchema = v.strictObject({
  steps: v.array(stepEvent),
  epochs: v.array(epochEvent),
});
export type History = v.InferOutput<typeof historySchema>;

/** What one step did to the layers, measured every so many steps. */
const diagnosticsEvent = v.strictObject({
  type: v.literal('diagnostics'),
  epoch: count,
  step: count,
  /** Those that have weights or end in a ReLU. */
  layers: v.array(
    v.strictObject({
      /** Its place in the network's list. */
      layer: count,
      /** By type and number, such as convolution_2. */
      name: v.string(),
      /** Norms over all the layer's weights; null where it has none. The weights are those before the update. */
      gradientNorm: v.nullable(v.number()),
      updateNorm: v.nullable(v.number()),
      weightNorm: v.nullable(v.number()),
      /**
       * Share of its units that were zero for every example of the batch, at every place; null where it does not end in a ReLU,
       * for only a ReLU's unit can die. A unit is a convolution's filter, or a unit of a dense layer.
       */
      deadShare: v.nullable(v.number()),
    }),
  ),
});
export type DiagnosticsEvent = v.InferOutput<typeof diagnosticsEvent>;

const startedEvent = v.strictObject({
  type: v.literal('started'),
  config: runConfigSchema,
  parameters: count,
  /** Processor and threads, as the trainer sees them. */
  device: v.string(),
  precision: v.picklist(['float32', 'bfloat16']),
  /** One sentence: why this precision. */
  precisionReason: v.string(),
  restoredFrom: v.nullable(checkpointRef),
  /** Of the run's folder, from 1: a higher one has gone back to an earlier checkpoint. */
  branch: count,
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

/** What lies in a folder that no run of this app accounts for: nothing is begun there before a person has chosen. */
export const foundSchema = v.strictObject({
  /** A sentence. */
  what: v.string(),
  /** `takeOver` may make it a run of this app again. */
  canTakeOver: v.boolean(),
});
export type Found = v.InferOutput<typeof foundSchema>;

const openedEvent = v.strictObject({
  type: v.literal('opened'),
  checkpointDir: v.string(),
  /** What the folder's newest good checkpoint is; null: the folder holds none. */
  restoredFrom: v.nullable(checkpointRef),
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
  v.strictObject({ type: v.literal('phase'), phase, detail: v.string() }),
  openedEvent,
  startedEvent,
  stepEvent,
  progressEvent,
  epochEvent,
  diagnosticsEvent,
  v.strictObject({
    type: v.literal('changed'),
    epoch: count,
    step: count,
    change: liveChangeSchema,
  }),
  /** Validation stood still for as long as `reduceOnPlateau` waits. */
  v.strictObject({
    type: v.literal('rate-lowered'),
    epoch: count,
    step: count,
    learningRate: v.number(),
  }),
  /** Validation has not got better for as long as `earlyStopping` waits. */
  v.strictObject({
    type: v.literal('stopped-early'),
    epoch: count,
    step: count,
    best: v.nullable(v.strictObject({ step: count, epoch: count, loss: v.number() })),
  }),
  v.strictObject({ type: v.literal('saved'), ...checkpointRef.entries }),
  /** The run goes on from here should it be killed; the next checkpoint takes its place. */
  v.strictObject({ type: v.literal('recovery-saved'), ...checkpointRef.entries }),
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
    checkpoint: v.nullable(checkpointRef),
  }),
  v.strictObject({ type: v.literal('checkpoints'), id: count, answer: checkpointAnswerSchema }),
  v.strictObject({ type: v.literal('warning'), ...failureSchema.entries }),
  v.strictObject({
    type: v.literal('failed'),
    ...failureSchema.entries,
    /** What was asked for cannot be: nothing was started. */
    refused: v.optional(v.literal(true)),
  }),
  ...answerSchema.options,
  /** In place of an answer: why there is none. */
  v.strictObject({ type: v.literal('refused'), id: count, ...failureSchema.entries }),
]);
export type TrainerEvent = v.InferOutput<typeof trainerEventSchema>;
export type TrainerEventOf<T extends TrainerEvent['type']> = Extract<TrainerEvent, { type: T }>;
