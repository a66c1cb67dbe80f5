import * as v from 'valibot';
import { failureSchema } from './checkpoint-protocol.ts';
import { experimentIds } from './experiments.ts';
import { count } from './schema-parts.ts';

/** The request, progress and result of an experiment. experiments.ts lists them, experiment-words.ts says what was seen. */

export const experimentRequestSchema = v.strictObject({ experiment: v.picklist(experimentIds) });

/** One network's step: of its batch before the update, the mean loss in nats, the share that was right, and the gradient's norm by layer. */
const experimentPointSchema = v.strictObject({
  /** From 1. */
  step: count,
  loss: v.number(),
  accuracy: v.number(),
  /** Of each layer that learns, in the order of `gradientLayers`. */
  gradientNorms: v.array(v.number()),
});
export type ExperimentPoint = v.InferOutput<typeof experimentPointSchema>;

const points = v.array(experimentPointSchema);

/** Progress, reported at most ten times a second. */
export const experimentProgressSchema = v.strictObject({
  doing: v.picklist(['reading the data', 'building the networks', 'training', 'validating']),
  /** Each network's steps since the last report. */
  points: v.strictTuple([points, points]),
  /** Null until steps have been done. */
  secondsLeft: v.nullable(v.number()),
});
export type ExperimentProgress = v.InferOutput<typeof experimentProgressSchema>;

const sideResultSchema = v.strictObject({
  /** All its steps; every number is finite. */
  points,
  /** Numbers of the layers that `gradientNorms` are of. */
  gradientLayers: v.array(count),
  parameters: count,
  /** Time in its own steps. */
  seconds: v.number(),
  /** Whether its loss or a gradient stopped being a number, so that it ended before the other. */
  hasDiverged: v.boolean(),
  /** On images that neither network was trained on; null where it has diverged, or the experiment was stopped. */
  validation: v.nullable(
    v.strictObject({ loss: v.number(), accuracy: v.number(), examples: count }),
  ),
});
export type SideResult = v.InferOutput<typeof sideResultSchema>;

export const experimentResultSchema = v.strictObject({
  experiment: v.picklist(experimentIds),
  ended: v.picklist(['complete', 'stopped']),
  sides: v.strictTuple([sideResultSchema, sideResultSchema]),
});
export type ExperimentResult = v.InferOutput<typeof experimentResultSchema>;

/** Events of an experiment; `id` is the command's. */
export const experimentEvents = [
  v.strictObject({ type: v.literal('experiment-progress'), ...experimentProgressSchema.entries }),
  v.strictObject({ type: v.literal('experiment-done'), id: count, result: experimentResultSchema }),
  /** Sent instead of a result: why there is none. */
  v.strictObject({ type: v.literal('experiment-refused'), id: count, ...failureSchema.entries }),
] as const;

/** The window's calls; `experimentProgress` tells how far the first has come. */
export const experimentCalls = {
  /** Trains an experiment's two networks, while there is no run; answers at the end. */
  experiment: { input: experimentRequestSchema, output: experimentResultSchema },
  /** Makes `experiment` answer with what was done so far. */
  stopExperiment: { input: v.undefined(), output: v.undefined() },
} as const;
