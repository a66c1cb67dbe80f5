import * as v from 'valibot';
import { runConfigSchema } from './config.ts';

/** Runs that train one after the other, and what may be asked of them. */

export const MOST_QUEUED = 50;

export const queuedNameSchema = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'a run needs a name'),
  v.maxLength(80, 'a name has at most 80 letters'),
);

export const queuedRunSchema = v.strictObject({
  id: v.string(),
  name: v.string(),
  /** Where its checkpoints go. */
  folder: v.string(),
  config: runConfigSchema,
  /** As measured before it was put here; null: it was not. */
  secondsExpected: v.nullable(v.number()),
});
export type QueuedRun = v.InferOutput<typeof queuedRunSchema>;

export const queueStateSchema = v.strictObject({
  /** The next one first; the one that trains is not among them. */
  runs: v.array(queuedRunSchema),
  /** The one that trains; null: none of the queue's does. */
  current: v.nullable(queuedRunSchema),
  /** The next one begins when the run under way has ended. */
  goesOn: v.boolean(),
  /** Why it does not go on, in a sentence; null: nobody has to be told. */
  reason: v.nullable(v.string()),
});
export type QueueState = v.InferOutput<typeof queueStateSchema>;

export const emptyQueue: QueueState = { runs: [], current: null, goesOn: false, reason: null };

const id = v.string();

export const queueRequestSchema = v.variant('type', [
  v.strictObject({ type: v.literal('list') }),
  /** Into a new folder of this name beside the present one, or into one that the system's dialog asks for. */
  v.strictObject({
    type: v.literal('add'),
    name: queuedNameSchema,
    config: runConfigSchema,
    secondsExpected: v.nullable(v.number()),
    where: v.picklist(['beside', 'choose']),
  }),
  v.strictObject({ type: v.literal('remove'), id }),
  /** Puts one that was removed where it was. */
  v.strictObject({ type: v.literal('put-back'), id }),
  v.strictObject({ type: v.literal('move'), id, by: v.picklist([-1, 1]) }),
  /** Begins the next one now, or when the run under way has ended. */
  v.strictObject({ type: v.literal('go-on') }),
  /** The next one waits until it is told to go on. */
  v.strictObject({ type: v.literal('hold') }),
]);
export type QueueRequest = v.InferOutput<typeof queueRequestSchema>;
