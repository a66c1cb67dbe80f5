import * as v from 'valibot';
import { imagesSchema } from './appearance.ts';
import { failureSchema } from './checkpoint-protocol.ts';
import { runConfigSchema } from './config.ts';
import { eventOf } from './trainer-events.ts';
import { trainingPhaseSchema } from './training-phase.ts';

/** The state of training, as the main process sends it to the window. */

/** A failure with its button's label and action, to which its remedy refers; null if it has no button. */
const noticeSchema = v.strictObject({
  ...failureSchema.entries,
  action: v.nullable(
    v.strictObject({
      label: v.string(),
      /** Starts the same run in the same folder, from its checkpoint; or opens the folder again. */
      does: v.picklist(['start', 'open']),
    }),
  ),
});
export type FailureNotice = v.InferOutput<typeof noticeSchema>;

/** The state of training. It is sent whole whenever a part changes; it is small, so no view has to put it together. */
export const trainingStateSchema = v.strictObject({
  phase: trainingPhaseSchema,
  /** What is being done, in a few words; may be empty. */
  detail: v.string(),
  /** The run as it began, but with the present values of settings that have changed since. */
  started: v.nullable(eventOf('started')),
  /** The network that answers questions; null if there is none. */
  network: v.nullable(runConfigSchema.entries.network),
  /** The images that the network takes; null if there is none. */
  images: v.nullable(imagesSchema),
  /** The newest point of the curves. */
  lastStep: v.nullable(eventOf('step')),
  /** The newest step, and the speed; null if no step was done since the run began here, or the folder was opened. */
  pace: v.nullable(eventOf('pace')),
  /** Progress of reading the run's data; null if they are not being read. */
  reading: v.nullable(eventOf('reading')),
  /** Progress of what holds training up, until the next step. */
  progress: v.nullable(eventOf('progress')),
  /** Time left for the present run, as last reported; null if it is not known. */
  secondsLeft: v.nullable(v.number()),
  lastSaved: v.nullable(eventOf('saved')),
  finished: v.nullable(eventOf('finished')),
  /** The last failure, until the next start or until it is dismissed. */
  failure: v.nullable(noticeSchema),
  /** The step from which a start would go on; null if nothing is saved in the folder. */
  resumesAt: v.nullable(v.number()),
});
export type TrainingState = v.InferOutput<typeof trainingStateSchema>;

/** The state before anything has happened. */
export const initialState: TrainingState = {
  phase: 'idle',
  detail: '',
  started: null,
  network: null,
  images: null,
  lastStep: null,
  pace: null,
  reading: null,
  progress: null,
  secondsLeft: null,
  lastSaved: null,
  finished: null,
  failure: null,
  resumesAt: null,
};
