import * as v from 'valibot';
import { imagesSchema } from './appearance.ts';
import { failureSchema } from './checkpoint-protocol.ts';
import { runConfigSchema } from './config.ts';
import { eventOf } from './trainer-events.ts';
import { trainingPhaseSchema } from './training-phase.ts';

/** Where training stands, as the main process tells it to the window. */

/** What a failure is told with: its button's label and what that does, which its remedy speaks of; null: there is none. */
const noticeSchema = v.strictObject({
  ...failureSchema.entries,
  action: v.nullable(
    v.strictObject({
      label: v.string(),
      /** Start the same run in the same folder, from what is saved there; or look into the folder again. */
      does: v.picklist(['start', 'open']),
    }),
  ),
});
export type FailureNotice = v.InferOutput<typeof noticeSchema>;

/** Where training stands: sent whole whenever a part changes; small, so that a view never has to put it together. */
export const trainingStateSchema = v.strictObject({
  phase: trainingPhaseSchema,
  /** What is being done, in a few words; may be empty. */
  detail: v.string(),
  /** As the run began, but for the numbers that have changed since: those are as they are now. */
  started: v.nullable(eventOf('started')),
  /** The network that can be asked; null while there is none. */
  network: v.nullable(runConfigSchema.entries.network),
  /** What the network takes; null while there is none. */
  images: v.nullable(imagesSchema),
  /** The newest point of the curves. */
  lastStep: v.nullable(eventOf('step')),
  /** The newest step, and how fast it goes; null: none was done since the run began here, or the folder was opened. */
  pace: v.nullable(eventOf('pace')),
  /** How far the data are read that the run is on; null: they are not being read. */
  reading: v.nullable(eventOf('reading')),
  /** How far what held training up has come, until the next step. */
  progress: v.nullable(eventOf('progress')),
  /** Of the run that is under way, as it was told last; null: it is not known. */
  secondsLeft: v.nullable(v.number()),
  lastSaved: v.nullable(eventOf('saved')),
  finished: v.nullable(eventOf('finished')),
  /** What went wrong last, until the next start or until dismissed. */
  failure: v.nullable(noticeSchema),
  /** The step that a start would go on from; null: nothing is saved in the folder. */
  resumesAt: v.nullable(v.number()),
});
export type TrainingState = v.InferOutput<typeof trainingStateSchema>;

/** Before anything has happened. */
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
