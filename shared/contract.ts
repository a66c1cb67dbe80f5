import * as v from 'valibot';
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
import { proofRequestSchema, proofStateSchema } from './proof.ts';
import { readingProgressSchema } from './reading-progress.ts';
import { presetAnswerSchema, presetRequestSchema } from './own-presets.ts';
import { pictureFileSchema } from './picture-file.ts';
import { places } from './places.ts';
import { hiddenPartsSchema, portableSetupSchema } from './portable-setup.ts';
import { threadCount } from './threads.ts';
import { trainingStateSchema } from './training-state.ts';
import {
  branchEventSchema,
  checkpointRefSchema,
  eventOf,
  historySchema,
  stepEventSchema,
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
  /** Null: no checkpoint was proven yet. */
  proof: v.nullable(proofStateSchema),
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
    /** Prove a checkpoint of the present folder, beside nothing else; how it goes is told by `proof`. */
    prove: { input: proofRequestSchema, output: nothing },
    stopProving: { input: nothing, output: nothing },
    /** Nothing more is told of a proof that has ended. */
    dismissProof: { input: nothing, output: nothing },
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
    /** Makes a report of the present folder's run, and saves it where the person says in the system's dialog; null: they cancelled. */
    saveReport: {
      input: v.strictObject({ format: v.picklist(['html', 'pdf']) }),
      output: v.nullable(v.string()),
    },
    /** Shows the report that was saved last in the file manager. */
    revealReport: { input: nothing, output: nothing },
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
    proof: v.nullable(proofStateSchema),
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
