import { app, dialog, shell, type BrowserWindow } from 'electron';
import type { AppContract, Folder } from '../shared/contract.ts';
import { FailureError, type Handlers } from '../shared/ipc.ts';
import type { CheckpointFolder } from './checkpoint-folder.ts';
import type { Preferences } from './preferences-file.ts';
import type { TrainerHost } from './trainer-host.ts';
import type { TrainingSupervisor } from './training-supervisor.ts';

interface Parts {
  preferences: Preferences;
  folder: CheckpointFolder;
  host: TrainerHost;
  training: TrainingSupervisor;
  window(): BrowserWindow | null;
  /** The window has asked for everything: from now on it hears events. */
  onSnapshot(): void;
}

/** What each call of the contract does. */
export function createHandlers(parts: Parts): Handlers<AppContract> {
  const { preferences, folder, host, training } = parts;
  const openFolder = (): Folder => {
    training.open();
    return folder.describe();
  };
  return {
    snapshot() {
      parts.onSnapshot();
      return {
        version: app.getVersion(),
        platform: process.platform,
        config: preferences.get('config'),
        ...training.snapshot(),
      };
    },
    async chooseFolder() {
      const path = await askForFolder(parts.window(), folder.path);
      if (path === null) return null;
      if (training.isBusy) {
        // The folder is the run's once something has been saved there.
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
      training.takeOver();
    },
    saveConfig(config) {
      preferences.set('config', config);
    },
    start(config) {
      preferences.set('config', config);
      training.start(config);
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
    ask(question) {
      return host.ask(question);
    },
    async checkpoints(request) {
      const { path } = folder;
      const answer = await host.checkpoints(path, request);
      if (answer.type === 'removed') training.noteRemoved(path, answer.names);
      return answer;
    },
  };
}

async function askForFolder(
  window: BrowserWindow | null,
  defaultPath: string,
): Promise<string | null> {
  const options: Electron.OpenDialogOptions = {
    title: 'Choose the checkpoint folder',
    message: 'Checkpoints of the run are kept in this folder.',
    buttonLabel: 'Use this folder',
    defaultPath,
    properties: ['openDirectory', 'createDirectory'],
  };
  const { canceled, filePaths } = window
    ? await dialog.showOpenDialog(window, options)
    : await dialog.showOpenDialog(options);
  return canceled ? null : (filePaths[0] ?? null);
}
