import * as v from 'valibot';
import { liveChangeSchema } from './live-change.ts';
import { count } from './schema-parts.ts';
import { weightsEditedEvent } from './weight-edit.ts';

/** What one step did to the layers, measured at a set interval of steps. */
const diagnosticsEvent = v.strictObject({
  type: v.literal('diagnostics'),
  epoch: count,
  step: count,
  /** The layers that have weights or end in a ReLU. */
  layers: v.array(
    v.strictObject({
      /** The layer's place in the network's list. */
      layer: count,
      /** Name by type and number, such as convolution_2. */
      name: v.string(),
      /** Norms over all the layer's weights; null if it has none. The weights are those before the update. */
      gradientNorm: v.nullable(v.number()),
      updateNorm: v.nullable(v.number()),
      weightNorm: v.nullable(v.number()),
      /**
       * Standard deviation of its kernels, or of its factors where it normalises, before the update; null where it has none. Earlier
       * versions did not record it.
       */
      weightDeviation: v.optional(v.nullable(v.number())),
      /**
       * Share of its units that were zero for every example of the batch, at every place; null where it does not end in a ReLU,
       * for only a ReLU's unit can die. A unit is a convolution's filter, or a unit of a dense layer.
       */
      deadShare: v.nullable(v.number()),
    }),
  ),
});

/** The goal of `training.goal` that a run has reached. */
export const reachedGoalSchema = v.strictObject({
  goal: v.picklist(['accuracy', 'loss', 'minutes']),
  /** The goal's value, and the run's value when it was noticed: a share, nats, or minutes. */
  asked: v.number(),
  reached: v.number(),
});
export type ReachedGoal = v.InferOutput<typeof reachedGoalSchema>;

/** What a run's time was after a step: curves are drawn over it, and their points know only steps. */
const clockEvent = v.strictObject({
  type: v.literal('clock'),
  epoch: count,
  step: count,
  /** Spent in training steps, over all starts of the run. */
  seconds: v.pipe(v.number(), v.minValue(0)),
});

/** What happens to a run besides its steps and epochs. */
export const recordedEvents = [
  diagnosticsEvent,
  clockEvent,
  v.strictObject({
    type: v.literal('changed'),
    epoch: count,
    step: count,
    change: liveChangeSchema,
    /** The values of the same settings before: the change that undoes this one. Earlier versions did not record it. */
    before: v.optional(liveChangeSchema),
  }),
  /** Validation has not improved for as long as `reduceOnPlateau` waits. */
  v.strictObject({
    type: v.literal('rate-lowered'),
    epoch: count,
    step: count,
    learningRate: v.number(),
    /** Factor by which all plateaus together have lowered the rate. Earlier versions did not record it. */
    rateFactor: v.optional(v.number()),
  }),
  /** Validation has not improved for as long as `earlyStopping` waits. */
  v.strictObject({
    type: v.literal('stopped-early'),
    epoch: count,
    step: count,
    best: v.nullable(v.strictObject({ step: count, epoch: count, loss: v.number() })),
  }),
  /** A goal of `training.goal` is reached, so the run ends. */
  v.strictObject({
    type: v.literal('goal-reached'),
    epoch: count,
    step: count,
    ...reachedGoalSchema.entries,
  }),
  weightsEditedEvent,
  /** A person paused the run after this step. */
  v.strictObject({ type: v.literal('pause-began'), epoch: count, step: count }),
  /** A person resumed the run. A pause during which the run ends has no such event. */
  v.strictObject({ type: v.literal('pause-ended'), epoch: count, step: count }),
] as const;
