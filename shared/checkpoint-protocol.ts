import * as v from 'valibot';
import { runConfigSchema } from './config.ts';
import { reportDataSchema } from './report/report-data.ts';
import { count, fingerprintSchema } from './schema-parts.ts';

/** Requests about a checkpoint folder, and their answers. Checkpoints are named like `model.ckpt-430`. */

const name = v.pipe(v.string(), v.maxLength(100));

/** The name of a checkpoint that a run of this app saved. It is not a path, since a page must not choose which files are read. */
export const runCheckpointNameSchema = v.pipe(
  name,
  v.regex(/^(?:model|recovery)(?:\.branch-\d+)?\.ckpt-\d+$/, 'this is no checkpoint’s name'),
);

export const failureSchema = v.strictObject({
  what: v.string(),
  where: v.string(),
  remedy: v.string(),
});

const requestsByName = [
  v.strictObject({ type: v.literal('list') }),
  v.strictObject({ type: v.literal('show'), name }),
  /** Reads every byte of one checkpoint, or of all if the name is null. */
  v.strictObject({ type: v.literal('verify'), name: v.nullable(name) }),
  /** A pinned checkpoint is never pruned. */
  v.strictObject({ type: v.literal('pin'), name, pinned: v.boolean() }),
  v.strictObject({ type: v.literal('delete'), name }),
  /** Removes from every branch all but the newest `keep`, the best, the pinned, and those that the run's own settings keep. */
  v.strictObject({ type: v.literal('prune'), keep: v.pipe(count, v.minValue(1)) }),
  v.strictObject({ type: v.literal('compare'), name, with: name }),
] as const;

/** Requests that the window may make. None has a path, since a page must not choose where files are written. */
export const windowCheckpointRequestSchema = v.variant('type', requestsByName);

export const checkpointRequestSchema = v.variant('type', [
  ...requestsByName,
  /** Copies a checkpoint into a folder of its own, which TensorFlow's tools can read. */
  v.strictObject({ type: v.literal('export'), name, to: v.string() }),
  /** All that a report of a run tells, up to the checkpoint that is named, or the newest. */
  v.strictObject({ type: v.literal('report'), name: v.optional(name) }),
]);
export type CheckpointRequest = v.InferOutput<typeof checkpointRequestSchema>;
/** Mapped over the types, so that generic code knows which request has which type. */
export type CheckpointRequestOf<Type extends CheckpointRequest['type']> = {
  [T in Type]: { type: T } & Extract<CheckpointRequest, { type: T }>;
}[Type];

const summary = v.strictObject({
  name,
  branch: count,
  step: count,
  /** Epochs done. */
  epoch: count,
  /** Null if it was not measured at this step, because the step is within an epoch. */
  validationLoss: v.nullable(v.number()),
  bytes: count,
  pinned: v.boolean(),
  /** Whether training goes on from it unless told otherwise. */
  isNewest: v.boolean(),
  /** Whether it has the lowest validation loss in the folder; the earliest among equals. */
  isBest: v.boolean(),
});
export type CheckpointSummary = v.InferOutput<typeof summary>;

const unrecorded = v.strictObject({
  /** The common beginning of its files' names, whatever it is. */
  name: v.string(),
  /** Which program wrote it, judged by its variables: this app, or one of TensorFlow's savers; unknown if it cannot be read. */
  whose: v.picklist(['Firstlayer', 'tf.train.Saver', 'tf.train.Checkpoint', 'unknown']),
  /** The step in the checkpoint, or else in its name; null if neither has one. */
  step: v.nullable(count),
  bytes: count,
  /** What is wrong with its files, judged by their lengths; null if nothing is. */
  damage: v.nullable(v.string()),
});
/** A checkpoint in TensorFlow's format without a record of this app. */
export type Unrecorded = v.InferOutput<typeof unrecorded>;

/** Names the program that wrote a checkpoint, as far as its variables tell. */
export const whoseText: Record<Unrecorded['whose'], string> = {
  Firstlayer: 'Firstlayer’s own',
  'tf.train.Saver': 'another program’s, by tf.train.Saver',
  'tf.train.Checkpoint': 'another program’s, by tf.train.Checkpoint',
  unknown: 'unknown whose',
};

const variable = v.strictObject({ name: v.string(), type: v.string(), shape: v.array(count) });

const detail = v.strictObject({
  ...summary.entries,
  /** Where this branch's ancestors were forked, the oldest first. */
  forks: v.array(v.strictObject({ branch: count, step: count })),
  validation: v.nullable(v.looseObject({ loss: v.number(), accuracy: v.number() })),
  config: runConfigSchema,
  precision: v.string(),
  device: v.string(),
  tensorFlow: v.string(),
  datasetHash: v.string(),
  /** SHA-256 of all variables (main/trainer/checkpoint/fingerprint.ts). */
  fingerprint: fingerprintSchema,
  /** The checkpoint's variables, including the optimizer's slots and the step counter. */
  variables: v.array(variable),
});
export type CheckpointDetail = v.InferOutput<typeof detail>;

const comparison = v.strictObject({
  /** Settings that differ, with their values in the first and in the second checkpoint. */
  settings: v.array(
    v.strictObject({ path: v.string(), label: v.string(), was: v.string(), is: v.string() }),
  ),
  /** For weights in both: the norm of the difference divided by the norm of the first; null if the shapes differ. */
  weights: v.array(v.strictObject({ name: v.string(), distance: v.nullable(v.number()) })),
  onlyInA: v.array(v.string()),
  onlyInB: v.array(v.string()),
});
export type CheckpointComparison = v.InferOutput<typeof comparison>;

const verdict = v.strictObject({
  name: v.string(),
  damage: v.nullable(v.string()),
  /** False if it has no record, so that only TensorFlow's own checksums could be checked. */
  recorded: v.boolean(),
});
export type Verdict = v.InferOutput<typeof verdict>;

export const checkpointAnswerSchema = v.variant('type', [
  v.strictObject({
    type: v.literal('list'),
    checkpoints: v.array(summary),
    /** If a run was killed after the newest checkpoint, the recovery checkpoint from which it goes on; null if there is none. */
    recovery: v.nullable(v.strictObject({ name, step: count, epoch: count })),
    /** Records that cannot be read. */
    damaged: v.array(failureSchema),
    /** Checkpoints without a record: no run goes on from them unless it is told to. */
    unrecorded: v.array(unrecorded),
  }),
  v.strictObject({ type: v.literal('show'), checkpoint: detail }),
  /** The answer to `show` for a checkpoint without a record: all that is known of it. */
  v.strictObject({
    type: v.literal('show-unrecorded'),
    checkpoint: v.strictObject({ ...unrecorded.entries, variables: v.array(variable) }),
  }),
  v.strictObject({ type: v.literal('verify'), verdicts: v.array(verdict) }),
  v.strictObject({ type: v.literal('pin'), name, pinned: v.boolean() }),
  v.strictObject({ type: v.literal('removed'), names: v.array(name) }),
  v.strictObject({ type: v.literal('compare'), comparison }),
  v.strictObject({ type: v.literal('export'), path: v.string() }),
  v.strictObject({ type: v.literal('report'), data: reportDataSchema }),
  /** It could not be done; nothing was changed. */
  v.strictObject({ type: v.literal('refused'), failure: failureSchema }),
]);
export type CheckpointAnswer = v.InferOutput<typeof checkpointAnswerSchema>;

/** Things in a folder that do not belong to a run of this app: nothing begins there before a person has chosen. */
export const foundSchema = v.strictObject({
  /** One sentence. */
  what: v.string(),
  /** Whether `takeOver` may make it a run of this app again. */
  canTakeOver: v.boolean(),
});
export type Found = v.InferOutput<typeof foundSchema>;
