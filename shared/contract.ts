import * as v from 'valibot';
import { imagesSchema } from './appearance.ts';
import { failureSchema } from './checkpoint-protocol.ts';
import { runConfigSchema } from './config.ts';
import type { Contract } from './ipc.ts';
import { answerEntries, questionEntries } from './questions.ts';
import { foundSchema, historySchema, phases, trainerEventSchema } from './trainer-protocol.ts';

/** The one IPC object: main, preload, renderer and tests derive from it. */

const nothing = v.undefined();

/** The trainer's phases, and those that only the window's side can know. */
export const trainingPhaseSchema = v.picklist([...phases, 'opening', 'stopping', 'crashed']);
export type TrainingPhase = v.InferOutput<typeof trainingPhaseSchema>;

const folderSchema = v.strictObject({
  path: v.string(),
  /** The newest good checkpoint in it, if any. */
  checkpoint: v.nullable(
    v.strictObject({
      path: v.string(),
      step: v.number(),
      epoch: v.number(),
      seed: v.number(),
    }),
  ),
  /** What else lies there, which no run of this app accounts for. */
  found: v.nullable(foundSchema),
  /** Most recent first, the present one left out. */
  recent: v.array(v.string()),
});
export type Folder = v.InferOutput<typeof folderSchema>;

const eventOf = <
  T extends (typeof trainerEventSchema.options)[number]['entries']['type']['literal'],
>(
  type: T,
) =>
  v.custom<Extract<v.InferOutput<typeof trainerEventSchema>, { type: T }>>(
    (value) => v.is(trainerEventSchema, value) && value.type === type,
  );

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
  started: v.nullable(eventOf('started')),
  /** What the network takes; null while there is none. */
  images: v.nullable(imagesSchema),
  lastStep: v.nullable(eventOf('step')),
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
  images: null,
  lastStep: null,
  progress: null,
  secondsLeft: null,
  lastSaved: null,
  finished: null,
  failure: null,
  resumesAt: null,
};

const snapshotSchema = v.strictObject({
  version: v.string(),
  platform: v.string(),
  folder: folderSchema,
  /** Of the form. */
  config: runConfigSchema,
  training: trainingStateSchema,
  history: historySchema,
});
export type Snapshot = v.InferOutput<typeof snapshotSchema>;

/** Answers as the window has them: without their type and number. */
const prediction = v.object(answerEntries.prediction);
const filters = v.object(answerEntries.filters);
export type Filters = v.InferOutput<typeof filters>;

export const contract = {
  calls: {
    /** Everything the window needs when it opens or reloads. */
    snapshot: { input: nothing, output: snapshotSchema },
    /** Ask with the system's dialog; null when the person cancels. */
    chooseFolder: { input: nothing, output: v.nullable(folderSchema) },
    /** Take a folder of the recent list (no other path is accepted). */
    openRecentFolder: { input: v.strictObject({ path: v.string() }), output: folderSchema },
    revealFolder: { input: nothing, output: nothing },
    /** Rebuild the records that the folder's checkpoints have lost, and look into it again. */
    takeOverFolder: { input: nothing, output: nothing },
    saveConfig: { input: runConfigSchema, output: nothing },
    start: { input: runConfigSchema, output: nothing },
    pause: { input: nothing, output: nothing },
    resume: { input: nothing, output: nothing },
    stop: { input: nothing, output: nothing },
    /** Does what the button beside the failure says. */
    recover: { input: nothing, output: nothing },
    dismissFailure: { input: nothing, output: nothing },
    predict: { input: v.strictObject(questionEntries.predict), output: prediction },
    filters: { input: nothing, output: filters },
    activations: {
      input: v.strictObject(questionEntries.activations),
      output: v.object(answerEntries.activations),
    },
    saliency: {
      input: v.strictObject(questionEntries.saliency),
      output: v.object(answerEntries.saliency),
    },
    gradCam: {
      input: v.strictObject(questionEntries['grad-cam']),
      output: v.object(answerEntries['grad-cam']),
    },
  },
  events: {
    training: trainingStateSchema,
    folder: folderSchema,
    /** The curves anew: another folder was opened, or a run began. */
    history: historySchema,
    step: eventOf('step'),
    progress: eventOf('progress'),
    epoch: eventOf('epoch'),
    warning: failureSchema,
    /** A menu item that the window has to act on. */
    menu: v.picklist(['start-or-pause', 'stop', 'choose-folder']),
  },
} as const satisfies Contract;
export type AppContract = typeof contract;
