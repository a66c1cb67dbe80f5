import * as v from 'valibot';
import { commandIds } from './commands.ts';
import {
  failureSchema,
  windowCheckpointRequestSchema,
  checkpointAnswerSchema,
  foundSchema,
  runCheckpointNameSchema,
} from './checkpoint-protocol.ts';
import { checkpointQuestionSchema } from './checkpoint-question.ts';
import { listedPartSchema, listingPlaceSchema } from './checkpoint-listing.ts';
import { comparedRunSchema } from './compared-runs.ts';
import { runConfigSchema } from './config.ts';
import { costRequestSchema, measuredCostSchema } from './cost-protocol.ts';
import { curveViewSchema } from './curve-view.ts';
import { datasetAnswerSchema, datasetRequestSchema } from './dataset-requests.ts';
import { experimentCalls, experimentProgressSchema } from './experiment-protocol.ts';
import type { Contract } from './ipc.ts';
import { desktopCalls, desktopEvents } from './desktop-calls.ts';
import { ownDrawingCalls } from './own-drawings.ts';
import { rangeProgressSchema, rangeTestCalls } from './range-test-protocol.ts';
import { proofRequestSchema, proofStateSchema } from './proof.ts';
import { readingProgressSchema } from './reading-progress.ts';
import { presetAnswerSchema, presetRequestSchema } from './own-presets.ts';
import { copiedPictureSchema, pictureFileSchema } from './picture-file.ts';
import { labelMarkRequestSchema, labelMarksSchema, tableFileSchema } from './label-marks.ts';
import { places } from './places.ts';
import { predictionAnswerSchema, predictionRequestSchema } from './predictions.ts';
import { hiddenPartsSchema, portableSetupSchema } from './portable-setup.ts';
import { queueRequestSchema, queueStateSchema } from './run-queue.ts';
import { setupFileCalls } from './setup-file.ts';
import { threadCount } from './threads.ts';
import { trainChoicesSchema } from './train-choices.ts';
import { trainingStateSchema } from './training-state.ts';
import {
  branchEventSchema,
  checkpointRefSchema,
  eventOf,
  historySchema,
  stepEventSchema,
} from './trainer-events.ts';
import { usedFolderCalls } from './used-folders.ts';
import { learnProgressSchema } from './learn-progress.ts';
import { liveChangeSchema } from './live-change.ts';
import { questionSchema, answerSchema } from './questions.ts';
import { weightEditsSchema } from './weight-edit.ts';

/** The one definition of the app's IPC, from which main, preload, renderer and tests derive. */

const nothing = v.undefined();

/** Letters; the numbers of a curve of a million steps are some 2,000,000. */
const MOST_COPIED = 10_000_000;

const folderSchema = v.strictObject({
  path: v.string(),
  /** The newest good checkpoint in it, if any. */
  checkpoint: v.nullable(checkpointRefSchema),
  /** Other things in the folder, which do not belong to a run of this app. */
  found: v.nullable(foundSchema),
  /** Most recent first, without the present folder. */
  recent: v.array(v.string()),
});
export type Folder = v.InferOutput<typeof folderSchema>;

/** Number of the machine's cores that training may use; null means all. */
const threadsSchema = v.nullable(threadCount);

const snapshotSchema = v.strictObject({
  version: v.string(),
  platform: v.string(),
  folder: folderSchema,
  /** The configuration in the form. */
  config: runConfigSchema,
  /** Parts of the form that a teacher's set-up hides. */
  hidden: hiddenPartsSchema,
  place: v.picklist(places),
  trainChoices: trainChoicesSchema,
  learnProgress: learnProgressSchema,
  /** How the curves are drawn. */
  curveView: curveViewSchema,
  threads: threadsSchema,
  /** Number of this machine's cores. */
  cores: threadCount,
  training: trainingStateSchema,
  history: historySchema,
  /** Null: no checkpoint was proven yet. */
  proof: v.nullable(proofStateSchema),
});
export type Snapshot = v.InferOutput<typeof snapshotSchema>;

/** A run, and the checkpoint of the present folder from which it begins. */
const startOver = v.strictObject({ config: runConfigSchema, from: runCheckpointNameSchema });

/** A run, and the weights that are set by hand before it goes on. */
const startWithEdits = v.strictObject({ config: runConfigSchema, edits: weightEditsSchema });

export const contract = {
  calls: {
    /** Everything the window needs when it opens or reloads. */
    snapshot: { input: nothing, output: snapshotSchema },
    /** Asks for a folder with the system's dialog; null if the person cancels. */
    chooseFolder: { input: nothing, output: v.nullable(folderSchema) },
    /** Opens a folder of the recent list (no other path is accepted). */
    openRecentFolder: { input: v.strictObject({ path: v.string() }), output: folderSchema },
    revealFolder: { input: nothing, output: nothing },
    /** Rebuilds the records that the folder's checkpoints have lost, and opens it again. */
    takeOverFolder: { input: nothing, output: nothing },
    savePlace: { input: v.picklist(places), output: nothing },
    saveTrainChoices: { input: trainChoicesSchema, output: nothing },
    saveLearnProgress: { input: learnProgressSchema, output: nothing },
    saveCurveView: { input: curveViewSchema, output: nothing },
    /** Ends the trainer, which is then started anew; refused while there is a run. */
    setThreads: { input: threadsSchema, output: nothing },
    /** Saves which parts a teacher's set-up hides, until the person shows them all. */
    saveHidden: { input: hiddenPartsSchema, output: nothing },
    saveConfig: { input: runConfigSchema, output: nothing },
    start: { input: runConfigSchema, output: nothing },
    /** Goes back to a checkpoint of the present folder, by name; a branch begins if it is not the newest. */
    startFrom: { input: startOver, output: nothing },
    /** Asks for another folder with the system's dialog, and begins there with the weights that match; null if the person cancels. */
    startWithWeights: { input: startOver, output: v.nullable(folderSchema) },
    /** Goes on from the present folder's newest checkpoint with weights set by hand, which begins a branch. */
    startEdited: { input: startWithEdits, output: nothing },
    /** Replaces all weights that are set by hand, for questions to the network; refused while a run trains. */
    editWeights: { input: weightEditsSchema, output: nothing },
    pause: { input: nothing, output: nothing },
    resume: { input: nothing, output: nothing },
    stop: { input: nothing, output: nothing },
    /** Does what the failure's button says. */
    recover: { input: nothing, output: nothing },
    dismissFailure: { input: nothing, output: nothing },
    /** Takes effect from the next step on; refused if no run is under way, or its network has no such setting. */
    change: { input: liveChangeSchema, output: nothing },
    ...rangeTestCalls,
    /** Times some steps of a configuration, while there is no run; null if it was stopped. */
    measureCost: { input: costRequestSchema, output: v.nullable(measuredCostSchema) },
    stopMeasuringCost: { input: nothing, output: nothing },
    ...experimentCalls,
    /** Proves a checkpoint of the present folder, beside nothing else; the event `proof` tells how it goes. */
    prove: { input: proofRequestSchema, output: nothing },
    stopProving: { input: nothing, output: nothing },
    /** Forgets a proof that has ended. */
    dismissProof: { input: nothing, output: nothing },
    /** Asks the network a question; `Api.ask` knows which answer belongs to which question. */
    ask: { input: questionSchema, output: answerSchema },
    /** The same of the small network that the app ships with. */
    askShipped: { input: questionSchema, output: answerSchema },
    /** Sends a request about datasets; null if it was stopped. `Api.askDataset` knows which answer belongs to which request. */
    dataset: { input: datasetRequestSchema, output: v.nullable(datasetAnswerSchema) },
    /** Stops the reading for `dataset`, which is no longer wanted. */
    stopReading: { input: nothing, output: nothing },
    /** Says that no dataset is shown any more. */
    closeDataset: { input: nothing, output: nothing },
    /** Ask what a checkpoint takes examples for, or for their images; null: it was stopped. `Api.askPredictions` knows which answer belongs. */
    predictions: { input: predictionRequestSchema, output: v.nullable(predictionAnswerSchema) },
    stopPredicting: { input: nothing, output: nothing },
    /** Ask which images are marked as labelled wrongly, mark one or take it back; each answer has all marks. */
    labelMarks: { input: labelMarkRequestSchema, output: labelMarksSchema },
    /** Ask for the person's own drawings, or have them changed; each answer has them all; null when the person cancels a dialog. */
    ...ownDrawingCalls,
    ...desktopCalls,
    /** Asks where with the system's dialog, and saves a table (CSV) there; null when the person cancels. */
    saveTable: { input: tableFileSchema, output: v.nullable(v.string()) },
    /** Ask for a folder or a file of images with the system's dialog; null when the person cancels. */
    chooseDataset: {
      input: v.strictObject({ kind: v.picklist(['folder', 'file']) }),
      output: v.nullable(v.string()),
    },
    /** Lists, changes, exports or imports the person's own presets; each answer has them all. */
    presets: { input: presetRequestSchema, output: presetAnswerSchema },
    ...setupFileCalls,
    /** Makes a report of the present folder's run up to a checkpoint, or the newest, asks for a file with the system's dialog, and saves it; null if the person cancels. */
    saveReport: {
      input: v.strictObject({
        format: v.picklist(['html', 'pdf']),
        checkpoint: v.optional(runCheckpointNameSchema),
      }),
      output: v.nullable(v.string()),
    },
    /** Shows the report that was saved last in the file manager. */
    revealReport: { input: nothing, output: nothing },
    /** Asks for a file with the system's dialog, and saves a picture there; null if the person cancels. */
    savePicture: { input: pictureFileSchema, output: v.nullable(v.string()) },
    /** To the system's clipboard, which a page may not write to. */
    copyText: { input: v.pipe(v.string(), v.maxLength(MOST_COPIED)), output: nothing },
    /** As `copyText`. */
    copyPicture: { input: copiedPictureSchema, output: nothing },
    /** Asks the network of one of the present folder's checkpoints; null: it was asked something else meanwhile. */
    askCheckpoint: { input: checkpointQuestionSchema, output: v.nullable(answerSchema) },
    /** Nobody looks at that network any more. */
    releaseCheckpoint: { input: nothing, output: nothing },
    /** Lists the present folder's checkpoints: the first part of them. */
    listCheckpoints: { input: nothing, output: listedPartSchema },
    /** The next part; null: they were listed anew since. */
    listMoreCheckpoints: { input: listingPlaceSchema, output: v.nullable(listedPartSchema) },
    /** Ask something of the present folder's checkpoints, or have them changed. */
    checkpoints: { input: windowCheckpointRequestSchema, output: checkpointAnswerSchema },
    /** Asks for a folder with the system's dialog, and copies a checkpoint into one of its name there; null when the person cancels. */
    exportCheckpoint: {
      input: v.strictObject({ name: runCheckpointNameSchema }),
      output: v.nullable(v.string()),
    },
    ...usedFolderCalls,
    /** Ask for the runs that train one after the other, or have them changed; null when the person cancels a dialog. */
    queue: { input: queueRequestSchema, output: v.nullable(queueStateSchema) },
    /** Look at a run of the present folder or of a recent one, to lay its curves over those of the run. */
    comparedRun: { input: comparedRunSchema, output: checkpointAnswerSchema },
  },
  events: {
    training: trainingStateSchema,
    folder: folderSchema,
    /** Replaces curves and events: another folder was opened, or a run began. */
    history: historySchema,
    /** New points of the curves; those of some tenths of a second come together. */
    steps: v.array(stepEventSchema),
    pace: eventOf('pace'),
    progress: eventOf('progress'),
    reading: eventOf('reading'),
    /** Progress of reading for `dataset`. */
    datasetReading: readingProgressSchema,
    /** How far `predictions` has come: reading, then images that the network was asked about. */
    predictionProgress: readingProgressSchema,
    /** How far `tryRates` has come. */
    ratesProgress: rangeProgressSchema,
    /** How far `experiment` has come. */
    experimentProgress: experimentProgressSchema,
    proof: v.nullable(proofStateSchema),
    epoch: eventOf('epoch'),
    /** Another event of the run, on the branch that is trained. */
    happened: branchEventSchema,
    /** The app was opened with this set-up, for the form. */
    setup: portableSetupSchema,
    queue: queueStateSchema,
    ...desktopEvents,
    warning: failureSchema,
    /** A command from the menu for the window. */
    menu: v.picklist(commandIds),
  },
} as const satisfies Contract;
export type AppContract = typeof contract;
