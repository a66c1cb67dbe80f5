import * as v from 'valibot';
import { imagesSchema } from './appearance.ts';
import { commandIds } from './commands.ts';
import {
  failureSchema,
  windowCheckpointRequestSchema,
  checkpointAnswerSchema,
  foundSchema,
  runCheckpointNameSchema,
} from './checkpoint-protocol.ts';
import { runConfigSchema } from './config.ts';
import { costRequestSchema, measuredCostSchema } from './cost-protocol.ts';
import { datasetAnswerSchema, datasetRequestSchema } from './dataset-requests.ts';
import type { Contract } from './ipc.ts';
import {
  rangeProgressSchema,
  rangeTestRequestSchema,
  rangeTestResultSchema,
} from './range-test-protocol.ts';
import { readingProgressSchema } from './reading-progress.ts';
import { presetAnswerSchema, presetRequestSchema } from './own-presets.ts';
import { pictureFileSchema } from './picture-file.ts';
import { places } from './places.ts';
import { hiddenPartsSchema, portableSetupSchema } from './portable-setup.ts';
import { threadCount } from './threads.ts';
import { trainingPhaseSchema } from './training-phase.ts';
import {
  branchEventSchema,
  checkpointRefSchema,
  historySchema,
  stepEventSchema,
  trainerEventSchema,
} from './trainer-events.ts';
import { liveChangeSchema } from './live-change.ts';
import { questionSchema, answerSchema } from './questions.ts';
import { weightEditsSchema } from './weight-edit.ts';

/** The one IPC object: main, preload, renderer and tests derive from it. */

const nothing = v.undefined();

const folderSchema = v.strictObject({
  path: v.string(),
  /** The newest good checkpoint in it, if any. */
  checkpoint: v.nullable(checkpointRefSchema),
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

/** How many of the machine's cores training may use; null: all of them. */
const threadsSchema = v.nullable(threadCount);

const snapshotSchema = v.strictObject({
  version: v.string(),
  platform: v.string(),
  folder: folderSchema,
  /** Of the form. */
  config: runConfigSchema,
  /** What a teacher hides in the set-up that the form was given. */
  hidden: hiddenPartsSchema,
  place: v.picklist(places),
  threads: threadsSchema,
  /** That this machine has for it. */
  cores: threadCount,
  training: trainingStateSchema,
  history: historySchema,
});
export type Snapshot = v.InferOutput<typeof snapshotSchema>;

/** A run, and the checkpoint of the present folder that it begins from. */
const startOver = v.strictObject({ config: runConfigSchema, from: runCheckpointNameSchema });

/** A run, and the weights that are set by hand before it goes on. */
const startWithEdits = v.strictObject({ config: runConfigSchema, edits: weightEditsSchema });

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
    savePlace: { input: v.picklist(places), output: nothing },
    /** Ends the trainer, which is then started anew; refused while there is a run. */
    setThreads: { input: threadsSchema, output: nothing },
    /** What a teacher hides, until the person has everything shown. */
    saveHidden: { input: hiddenPartsSchema, output: nothing },
    saveConfig: { input: runConfigSchema, output: nothing },
    start: { input: runConfigSchema, output: nothing },
    /** Goes back to a checkpoint of the present folder, by name: where it is not the newest, a branch begins. */
    startFrom: { input: startOver, output: nothing },
    /** Asks for another folder with the system's dialog, and begins there with the weights that match; null when the person cancels. */
    startWithWeights: { input: startOver, output: v.nullable(folderSchema) },
    /** Goes on from the present folder's newest checkpoint with weights set by hand: a branch begins. */
    startEdited: { input: startWithEdits, output: nothing },
    /** All weights that are set by hand from now on, for whoever asks the network; refused while a run trains. */
    editWeights: { input: weightEditsSchema, output: nothing },
    pause: { input: nothing, output: nothing },
    resume: { input: nothing, output: nothing },
    stop: { input: nothing, output: nothing },
    /** Does what the button beside the failure says. */
    recover: { input: nothing, output: nothing },
    dismissFailure: { input: nothing, output: nothing },
    /** From the next step on; refused where no run is under way, or its network has no such number. */
    change: { input: liveChangeSchema, output: nothing },
    /** Try learning rates on a copy, while there is no run; answered when that has ended. */
    tryRates: { input: rangeTestRequestSchema, output: rangeTestResultSchema },
    /** It answers with what was tried so far. */
    stopTryingRates: { input: nothing, output: nothing },
    /** Time some steps of a set-up, while there is no run; null: it was stopped. */
    measureCost: { input: costRequestSchema, output: v.nullable(measuredCostSchema) },
    stopMeasuringCost: { input: nothing, output: nothing },
    /** Ask the network something; `Api.ask` knows which answer belongs to which question. */
    ask: { input: questionSchema, output: answerSchema },
    /** Ask something of datasets; null: it was stopped. `Api.askDataset` knows which answer belongs to which request. */
    dataset: { input: datasetRequestSchema, output: v.nullable(datasetAnswerSchema) },
    /** What is being read for `dataset` is not wanted any more. */
    stopReading: { input: nothing, output: nothing },
    /** Nothing of datasets is looked at any more. */
    closeDataset: { input: nothing, output: nothing },
    /** Ask for a folder or a file of images with the system's dialog; null when the person cancels. */
    chooseDataset: {
      input: v.strictObject({ kind: v.picklist(['folder', 'file']) }),
      output: v.nullable(v.string()),
    },
    /** Ask for the person's own presets, or have them changed, exported or imported; each answer has them all. */
    presets: { input: presetRequestSchema, output: presetAnswerSchema },
    /** Asks where with the system's dialog, and saves a picture there; null when the person cancels. */
    savePicture: { input: pictureFileSchema, output: v.nullable(v.string()) },
    /** To the system's clipboard, which a page may not write to. */
    copyText: { input: v.pipe(v.string(), v.maxLength(200_000)), output: nothing },
    /** Ask something of the present folder's checkpoints, or have them changed. */
    checkpoints: { input: windowCheckpointRequestSchema, output: checkpointAnswerSchema },
  },
  events: {
    training: trainingStateSchema,
    folder: folderSchema,
    /** Curves and events anew: another folder was opened, or a run began. */
    history: historySchema,
    /** Points that the curves go on with, those of some tenths of a second together. */
    steps: v.array(stepEventSchema),
    pace: eventOf('pace'),
    progress: eventOf('progress'),
    reading: eventOf('reading'),
    /** How far the reading has come that `dataset` asked for. */
    datasetReading: readingProgressSchema,
    /** How far `tryRates` has come. */
    ratesProgress: rangeProgressSchema,
    epoch: eventOf('epoch'),
    /** Something else has happened to the run, on the branch that is trained. */
    happened: branchEventSchema,
    /** The app was opened with a set-up, for the form. */
    setup: portableSetupSchema,
    warning: failureSchema,
    /** A command that the menu asks of the window. */
    menu: v.picklist(commandIds),
  },
} as const satisfies Contract;
export type AppContract = typeof contract;
