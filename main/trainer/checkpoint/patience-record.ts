import * as v from 'valibot';
import { count } from '../../../shared/schema-parts.ts';

/** How long the validation loss has not improved enough. */
const waitSchema = v.strictObject({
  /** The loss to improve on by the required gain; null before one has been measured. */
  reference: v.nullable(v.number()),
  /** Epochs since the loss last improved by that much. */
  epochs: count,
});
export type Wait = v.InferOutput<typeof waitSchema>;

/** What patience needs from the validations so far. Every record keeps it as `watch`, so that patience survives a restart. */
export const patienceSchema = v.strictObject({
  /** The lowest loss so far, however small the gain was. */
  best: v.nullable(v.strictObject({ step: count, epoch: count, loss: v.number() })),
  /** For early stopping. */
  stopping: waitSchema,
  /** For `reduceOnPlateau`, which also resets it when it lowers the learning rate. */
  plateau: waitSchema,
  /** The factor by which the plateaus so far have lowered the learning rate. */
  rateFactor: v.number(),
});
export type Patience = v.InferOutput<typeof patienceSchema>;

const newWait: Wait = { reference: null, epochs: 0 };
export const newPatience = (): Patience => ({
  best: null,
  stopping: newWait,
  plateau: newWait,
  rateFactor: 1,
});
