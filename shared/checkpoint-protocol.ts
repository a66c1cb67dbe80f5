import * as v from 'valibot';
import { branchSchema } from './branch.ts';
import { runConfigSchema } from './config.ts';
import { comparedAnswers, comparedRequests } from './compared-runs.ts';
import { failureSchema } from './failure-schema.ts';
import { filmAnswerSchema, filmRequestSchema } from './film.ts';
import { reportDataSchema } from './report/report-data.ts';
import { noteRequests, runNoteSchema } from './run-notes.ts';
import { runSummarySchema } from './run-summary.ts';
import { count, fingerprintSchema } from './schema-parts.ts';

export { failureSchema };

/** What can be asked of a checkpoint folder, and the answers. Checkpoints go by name, such as `model.ckpt-430`. */

const name = v.pipe(v.string(), v.maxLength(100));

/** The name of a checkpoint that a run of this app saved. It is not a path, since a page must not choose which files are read. */
export const runCheckpointNameSchema = v.pipe(
  name,
  v.regex(/^(?:model|recovery)(?:\.branch-\d+)?\.ckpt-\d+$/, 'this is no checkpoint’s name'),
);

const requestsByName = [
  v.strictObject({ type: v.literal('show'), name }),
  /** Reads every byte of one checkpoint, or of all if the name is null. */
  v.strictObject({ type: v.literal('verify'), name: v.nullable(name) }),
  /** A pinned checkpoint is never pruned. */
  v.strictObject({ type: v.literal('pin'), name, pinned: v.boolean() }),
  v.strictObject({ type: v.literal('delete'), name }),
  /** Deletes it in a way that `put-back` undoes; `clear-aside` or the next opening of the folder makes it final. */
  v.strictObject({ type: v.literal('set-aside'), name }),
  v.strictObject({ type: v.literal('put-back'), name }),
  /** Removes what was set aside: one, or all where the name is null. */
  v.strictObject({ type: v.literal('clear-aside'), name: v.nullable(name) }),
  /** Of every branch, all but the newest `keep`, the best, and what is pinned or kept by the run's own settings. */
  v.strictObject({ type: v.literal('prune'), keep: v.pipe(count, v.minValue(1)) }),
  v.strictObject({ type: v.literal('compare'), name, with: name }),
  ...noteRequests,
  filmRequestSchema,
  /** Reads the first convolution's kernels, without a network. */
  v.strictObject({ type: v.literal('kernels'), name }),
  ...comparedRequests,
] as const;

/** Requests that the window may make. None has a path, since a page must not choose where files are written. */
export const windowCheckpointRequestSchema = v.variant('type', requestsByName);
export type WindowCheckpointRequest = v.InferOutput<typeof windowCheckpointRequestSchema>;

export const checkpointRequestSchema = v.variant('type', [
  ...requestsByName,
  /** The window asks for it in parts (checkpoint-listing.ts). */
  v.strictObject({ type: v.literal('list') }),
  /** Copies a checkpoint into a folder of its own, which TensorFlow's tools can read. */
  v.strictObject({ type: v.literal('export'), name, to: v.string() }),
  /** Tells of the folder's run in short; nothing where it still has the stamp that is known. */
  v.strictObject({ type: v.literal('summarize'), known: v.nullable(v.string()) }),
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
  /** A share of 1; null likewise. */
  validationAccuracy: v.nullable(v.number()),
  bytes: count,
  /** When its variables were written, in milliseconds since 1970; null: the file is not there. */
  savedAt: v.nullable(v.number()),
  /** What is wrong with its files, by their lengths alone; null: nothing. */
  damage: v.nullable(v.string()),
  pinned: v.boolean(),
  /** Whether training goes on from it unless told otherwise. */
  isNewest: v.boolean(),
  /** Whether it has the lowest validation loss in the folder; the earliest among equals. */
  isBest: v.boolean(),
});
export type CheckpointSummary = v.InferOutput<typeof summary>;

/** By hand: a folder may hold ten thousand, and each process that they pass through checks them. */
const isSummary = (value: unknown): boolean => {
  const each = value as CheckpointSummary;
  const isScore = (score: unknown): boolean => score === null || typeof score === 'number';
  return (
    typeof value === 'object' &&
    value !== null &&
    [each.branch, each.step, each.epoch, each.bytes].every(Number.isSafeInteger) &&
    [each.validationLoss, each.validationAccuracy, each.savedAt].every(isScore) &&
    [each.pinned, each.isNewest, each.isBest].every((flag) => typeof flag === 'boolean') &&
    typeof each.name === 'string' &&
    (each.damage === null || typeof each.damage === 'string')
  );
};
const summaries = v.custom<CheckpointSummary[]>(
  (value) => Array.isArray(value) && value.every(isSummary),
  'not a list of checkpoints',
);

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
  /** The same for what a layer learns as a whole, in the first's order; layers whose shapes differ are left out. */
  layers: v.array(v.strictObject({ name: v.string(), distance: v.number() })),
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
    checkpoints: summaries,
    /** Of every checkpoint's branch where it and its ancestors were forked, the first branch first. */
    branches: v.array(branchSchema),
    /** Where a run was killed after the newest of them: what it goes on from; null: nothing later is there. */
    recovery: v.nullable(v.strictObject({ name, step: count, epoch: count })),
    /** Records that cannot be read, and whose they are. */
    damaged: v.array(
      v.strictObject({ ...failureSchema.entries, name, branch: count, step: count }),
    ),
    /** Those that lie there without a record: no run goes on from them unless it is told to. */
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
  v.strictObject({ type: v.literal('set-aside'), name }),
  v.strictObject({ type: v.literal('put-back'), name }),
  v.strictObject({ type: v.literal('compare'), comparison }),
  v.strictObject({
    type: v.literal('kernels'),
    /** [height, width, channels, filters]; null: the network has no convolution. */
    shape: v.nullable(v.tuple([count, count, count, count])),
    values: v.instance(Float32Array),
  }),
  v.strictObject({
    type: v.literal('summarize'),
    /** As long as it is the same, the run is as it was. */
    stamp: v.string(),
    /** Null: it has the stamp that is known. */
    run: v.nullable(runSummarySchema),
  }),
  v.strictObject({ type: v.literal('export'), path: v.string() }),
  ...comparedAnswers,
  /** In answer to each request about notes: all that there are now, and why they cannot be read. */
  v.strictObject({
    type: v.literal('notes'),
    notes: v.array(runNoteSchema),
    problem: v.nullable(failureSchema),
  }),
  filmAnswerSchema,
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
