import * as v from 'valibot';
import { failureSchema, runCheckpointNameSchema } from './checkpoint-protocol.ts';
import { count, fingerprintSchema } from './schema-parts.ts';

/** A checkpoint is proven by training what led to it once more: what that is asked with, and what it tells. */

/** In place of a checkpoint's name: the run's fresh start, from its seed. */
export const FROM_START = 'start';

export const proofRequestSchema = v.strictObject({
  /** The checkpoint to prove. */
  name: runCheckpointNameSchema,
  /** Where the stretch begins: a checkpoint on the way to it, or the start; left out: the one before, or else the start. */
  from: v.optional(v.union([runCheckpointNameSchema, v.literal(FROM_START)])),
});
export type ProofRequest = v.InferOutput<typeof proofRequestSchema>;

/** Something that is not now as it was, so that the numbers need not be the same. */
const reasonSchema = v.strictObject({
  kind: v.picklist([
    'processor',
    'threads',
    'tensorFlow',
    'precision',
    /** The two checkpoints were computed on two devices: some run in between went on elsewhere. */
    'two-devices',
    /** Settings that count were changed at some start in between; of which step that was is not recorded. */
    'settings',
    /** Curves and events are not there: what was changed while it ran is not known. */
    'no-events',
  ]),
  /** What it was when the checkpoint was saved, and what it is here; of `two-devices` and `settings`, at the two checkpoints. */
  recorded: v.string(),
  here: v.string(),
});
export type ProofReason = v.InferOutput<typeof reasonSchema>;

export const proofSchema = v.strictObject({
  name: v.string(),
  /** Null: the run's fresh start. */
  from: v.nullable(v.string()),
  fromStep: count,
  step: count,
  /** Of the checkpoint as it lies there, and of what was trained once more. They are equal where it is proven. */
  recorded: fingerprintSchema,
  again: fingerprintSchema,
  /** Steps whose recorded numbers were held against the new ones. */
  compared: count,
  /** The first of them with another number; null: none has. */
  firstDifference: v.nullable(
    v.strictObject({
      step: count,
      /** The recorded step before it, whose numbers were the same; the beginning of the stretch where there is none. */
      after: count,
      number: v.picklist(['loss', 'accuracy', 'learningRate']),
      recorded: v.number(),
      /** Null: no finite number came out. */
      again: v.nullable(v.number()),
    }),
  ),
  /** Variables of the checkpoint that are not the same at the end: how many of their numbers are not; null: shape or type is another. */
  variables: v.array(
    v.strictObject({ name: v.string(), differing: v.nullable(count), values: count }),
  ),
  /** Changes while it ran that were made again at their steps. */
  changes: count,
  reasons: v.array(reasonSchema),
  seconds: v.number(),
});
export type Proof = v.InferOutput<typeof proofSchema>;

export const isProven = ({ recorded, again }: Proof): boolean => recorded === again;

/** How far a proof has come, ten times a second at most. */
export const proofProgressSchema = v.strictObject({
  doing: v.picklist(['reading the data', 'building the network', 'training', 'comparing']),
  /** Null until it is known: the stretch, and the steps that are done in all. */
  stretch: v.nullable(
    v.strictObject({ from: v.nullable(v.string()), fromStep: count, toStep: count, step: count }),
  ),
  /** Null until steps have been done. */
  secondsLeft: v.nullable(v.number()),
});
export type ProofProgress = v.InferOutput<typeof proofProgressSchema>;

/** Of its steps, 0 to 1; null: none has been done yet. */
export const proofShare = ({ stretch }: ProofProgress): number | null =>
  stretch && stretch.toStep > stretch.fromStep
    ? (stretch.step - stretch.fromStep) / (stretch.toStep - stretch.fromStep)
    : null;

/** What the trainer tells of it; `id` is that of the command. */
export const proofEvents = [
  v.strictObject({ type: v.literal('proof-progress'), id: count, ...proofProgressSchema.entries }),
  /** Null: it was stopped before its end. */
  v.strictObject({ type: v.literal('proved'), id: count, proof: v.nullable(proofSchema) }),
  /** In place of a result: why it could not be tried. */
  v.strictObject({ type: v.literal('proof-refused'), id: count, ...failureSchema.entries }),
] as const;

/** Where the newest proof stands, as the main process tells it: what was asked, and what came of it. */
export const proofStateSchema = v.strictObject({
  /** The folder and the checkpoint that it is of. */
  folder: v.string(),
  request: proofRequestSchema,
  /** Null: it has ended. */
  progress: v.nullable(proofProgressSchema),
  proof: v.nullable(proofSchema),
  failure: v.nullable(failureSchema),
});
/** Ended without proof and failure: it was stopped. */
export type ProofState = v.InferOutput<typeof proofStateSchema>;
