import * as v from 'valibot';
import { count } from '../../../shared/schema-parts.ts';

/** How long validation has stood still. */
const waitSchema = v.strictObject({
  /** The loss to be undercut by the gain that is asked for; null: none has been measured. */
  reference: v.nullable(v.number()),
  /** Epochs since that was last done. */
  epochs: count,
});
export type Wait = v.InferOutput<typeof waitSchema>;

/** What is remembered of the validations so far. Kept in every checkpoint, as `watch`, so that patience survives a restart. */
export const patienceSchema = v.strictObject({
  /** The lowest loss, by however little. */
  best: v.nullable(v.strictObject({ step: count, epoch: count, loss: v.number() })),
  /** For early stopping. */
  stopping: waitSchema,
  /** For `reduceOnPlateau`, which also starts it anew when it lowers the rate. */
  plateau: waitSchema,
  /** What the plateaus so far have made of the rate. */
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
