import { join } from 'node:path';
import { app, shell, type BrowserWindow } from 'electron';
import type { AppContract, Folder } from '../shared/contract.ts';
import type { desktopCalls } from '../shared/desktop-calls.ts';
import { FailureError, type Handlers } from '../shared/ipc.ts';
import type { CheckpointFolder } from './checkpoint-folder.ts';
import { clipboardHandlers } from './copied-picture.ts';
import { answerComparedRun } from './compared-runs.ts';
import { DatasetPlaces } from './dataset-places.ts';
import type { LabelMarks } from './label-marks.ts';
import type { OwnDrawings } from './own-drawings.ts';
import type { OwnPresets } from './own-presets.ts';
import { choiceHandlers } from './choice-handlers.ts';
import {
  askForDataset,
  askForFolder,
  askForPictureFile,
  askForReportFile,
  askForTableFile,
  presetDialogs,
  setupDialogs,
} from './file-dialogs.ts';
import { savePicture } from './picture-file.ts';
import { predictionHandlers } from './prediction-handlers.ts';
import type { Preferences } from './preferences-file.ts';
import { proofHandlers } from './proof-handlers.ts';
import type { Prover } from './prover.ts';
import type { ReaderHost } from './reader-host.ts';
import { createRunHandlers } from './run-handlers.ts';
import type { RunQueue } from './run-queue.ts';
import { areWeightsInUse } from './run-refusals.ts';
import { reportHandlers } from './report-handlers.ts';
import { openSetup, saveSetup } from './setup-file.ts';
import type { TrainerHost } from './trainer-host.ts';
import type { TrainerThreads } from './trainer-threads.ts';
import type { TrainingSupervisor } from './training-supervisor.ts';
import { trialHandlers } from './trial-handlers.ts';
import type { UsedFolders } from './used-folders.ts';

/** They are in desktop/desktop-handlers.ts. */
type DesktopCall = keyof typeof desktopCalls;

interface Parts {
  preferences: Preferences;
  presets: OwnPresets;
  folder: CheckpointFolder;
  host: TrainerHost;
  reader: ReaderHost;
  /** Asks checkpoints about examples. */
  predictor: ReaderHost;
  labelMarks: LabelMarks;
  ownDrawings: OwnDrawings;
  training: TrainingSupervisor;
  prover: Prover;
  threads: TrainerThreads;
  used: UsedFolders;
  queue: RunQueue;
  window(): BrowserWindow | null;
  /** Called when the window has asked for everything: from then on it receives events. */
  onSnapshot(): void;
}

/** What each call of the contract does. */
export function createHandlers(parts: Parts): Omit<Handlers<AppContract>, DesktopCall> {
  const { preferences, folder, host, reader, training } = parts;
  const window = (): BrowserWindow | null => parts.window();
  const places = new DatasetPlaces(preferences.get('config').data, () => parts.ownDrawings.place);
  for (const { config } of [...parts.presets.presets, ...parts.queue.state.runs])
    places.allowRun(config.data);
  const openFolder = (): Folder => {
    training.open();
    return folder.describe();
  };
  return {
    snapshot() {
      parts.onSnapshot();
      // A window that starts anew does not show any data.
      reader.close();
      parts.predictor.stop();
      parts.predictor.release();
      host.stopTryingRates();
      host.stopExperiment();
      host.stopMeasuringCost();
      // Nobody is left who could undo weights that were set by hand, or go on from them.
      if (host.isRunning && !areWeightsInUse(training.phase)) training.editWeights([]);
      return {
        version: app.getVersion(),
        platform: process.platform,
        config: preferences.get('config'),
        hidden: preferences.get('hidden'),
        place: preferences.get('place'),
        trainChoices: preferences.get('trainChoices'),
        learnProgress: preferences.get('learnProgress'),
        curveView: preferences.get('curveView'),
        ...parts.threads.snapshot(),
        ...training.snapshot(),
        proof: parts.prover.state,
      };
    },
    async chooseFolder() {
      const path = await askForFolder(window, folder.path);
      if (path === null) return null;
      if (training.isBusy) {
        // The run's folder changes only when something has been saved in the new one.
        training.saveTo(path);
        return folder.describe();
      }
      folder.choose(path);
      return openFolder();
    },
    openRecentFolder({ path }) {
      training.refuseWhileBusy();
      folder.chooseRecent(path);
      return openFolder();
    },
    async revealFolder() {
      folder.prepare();
      const problem = await shell.openPath(folder.path);
      if (problem !== '')
        throw new FailureError({
          what: `The folder could not be shown: ${problem}`,
          where: folder.path,
          remedy: 'Open it in your file manager.',
        });
    },
    takeOverFolder() {
      training.refuseWhileBusy();
      training.open(true);
    },
    ...choiceHandlers(preferences),
    async setThreads(threads) {
      await parts.threads.change(threads, parts);
    },
    saveConfig(config) {
      places.checkRun(config.data);
      preferences.set('config', config);
    },
    start(config) {
      places.checkRun(config.data);
      preferences.set('config', config);
      training.start({ config });
    },
    startFrom({ config, from }) {
      places.checkRun(config.data);
      preferences.set('config', config);
      training.start({ config, from });
    },
    startEdited({ config, edits }) {
      places.checkRun(config.data);
      preferences.set('config', config);
      training.start({ config, edits });
    },
    editWeights(edits) {
      training.editWeights(edits);
    },
    async startWithWeights({ config, from }) {
      places.checkRun(config.data);
      training.refuseWhileBusy();
      const weightsFrom = join(folder.path, from);
      const path = await askForFolder(window, folder.path);
      if (path === null) return null;
      training.refuseWhileBusy();
      preferences.set('config', config);
      folder.choose(path);
      training.open();
      training.start({ config, weightsFrom });
      return folder.describe();
    },
    pause() {
      training.pause();
    },
    resume() {
      training.resume();
    },
    stop() {
      training.stop();
    },
    recover() {
      training.recover();
    },
    dismissFailure() {
      training.dismissFailure();
    },
    change(change) {
      training.change(change);
    },
    ...trialHandlers({ ...parts, places }),
    ask(question) {
      return host.ask(question);
    },
    askShipped(question) {
      return host.ask(question, true);
    },
    dataset(request) {
      if ('data' in request) places.checkRun(request.data);
      return reader.ask(request);
    },
    stopReading() {
      reader.stop();
    },
    ...predictionHandlers({ ...parts, places }, (suggested) => askForTableFile(window, suggested)),
    closeDataset() {
      reader.close();
    },
    async chooseDataset({ kind }) {
      const place = await askForDataset(window, kind);
      if (place !== null) places.allow(place);
      return place;
    },
    presets(request) {
      if (request.type === 'save') places.checkRun(request.config.data);
      return parts.presets.carryOut(request, presetDialogs(window));
    },
    saveSetup: (setup) => saveSetup(setup, setupDialogs(window)),
    openSetup: () => openSetup(setupDialogs(window)),
    savePicture(picture) {
      return savePicture(picture, (suggested) =>
        askForPictureFile(window, suggested, picture.format),
      );
    },
    ownDrawings: (request) => parts.ownDrawings.carryOut(request),
    drawingPictures: (wanted) => parts.ownDrawings.pictures(wanted),
    ...clipboardHandlers,
    ...proofHandlers(parts),
    ...reportHandlers({
      ...parts,
      askWhere: (...asked) => askForReportFile(window, ...asked),
    }),
    comparedRun(asked) {
      return answerComparedRun(folder, host, asked);
    },
    ...createRunHandlers({
      ...parts,
      places,
      askForFolder: (usual) => askForFolder(window, usual),
    }),
  };
}
