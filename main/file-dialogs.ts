import { join } from 'node:path';
import { app, dialog, shell, type BrowserWindow } from 'electron';
import { FailureError } from '../shared/ipc.ts';
import type { PictureFormat } from '../shared/picture-file.ts';
import type { DrawingDialogs } from './own-drawings.ts';
import type { PresetDialogs } from './own-presets.ts';
import type { SetupDialogs } from './setup-file.ts';

/** The system's file dialogs, over the app's window if it is open. */

type Window = () => BrowserWindow | null;
type SaveOptions = Pick<Electron.SaveDialogOptions, 'title' | 'buttonLabel' | 'filters'>;

const presets = [{ name: 'Presets', extensions: ['json'] }];

export function presetDialogs(window: Window): PresetDialogs {
  return {
    async fileToRead() {
      const options: Electron.OpenDialogOptions = {
        title: 'Choose a preset',
        buttonLabel: 'Import',
        properties: ['openFile'],
        filters: [...presets, { name: 'All files', extensions: ['*'] }],
      };
      return askWhatToOpen(window, options);
    },
    fileToWrite: (suggested) =>
      askWhereToWrite(window, 'documents', suggested, {
        title: 'Export the preset',
        buttonLabel: 'Export',
        filters: presets,
      }),
  };
}

const setups = [{ name: 'Firstlayer set-ups', extensions: ['firstlayer'] }];

export const setupDialogs = (window: Window): SetupDialogs => ({
  fileToRead: () =>
    askWhatToOpen(window, {
      title: 'Open a set-up',
      buttonLabel: 'Open',
      properties: ['openFile'],
      filters: [...setups, { name: 'All files', extensions: ['*'] }],
    }),
  fileToWrite: (suggested) =>
    askWhereToWrite(window, 'documents', suggested, {
      title: 'Save the set-up',
      buttonLabel: 'Save',
      filters: setups,
    }),
});

export const drawingDialogs = (window: Window): DrawingDialogs => ({
  folderToKeepIn: () =>
    askWhatToOpen(window, {
      title: 'Choose a folder for your drawings',
      message: 'Your drawings are kept in it as pictures, in a folder for each class.',
      buttonLabel: 'Keep drawings here',
      properties: ['openDirectory', 'createDirectory'],
    }),
  folderToCopyTo: () =>
    askWhatToOpen(window, {
      title: 'Copy your drawings',
      message: 'A new folder with all your drawings is made in this one.',
      buttonLabel: 'Copy here',
      properties: ['openDirectory', 'createDirectory'],
    }),
  async reveal(path) {
    const problem = await shell.openPath(path);
    if (problem === '') return;
    throw new FailureError({
      what: `The folder could not be shown: ${problem}`,
      where: path,
      remedy: 'Open it in your file manager.',
    });
  },
});

/** @returns null if the person cancelled */
export const askForPictureFile = (
  window: Window,
  suggested: string,
  format: PictureFormat,
): Promise<string | null> =>
  askWhereToWrite(window, format === 'csv' ? 'documents' : 'pictures', suggested, {
    title: format === 'csv' ? 'Save the numbers' : 'Save the picture',
    buttonLabel: 'Save',
    filters: [{ name: format.toUpperCase(), extensions: [format] }],
  });

/** @returns null: the person cancelled */
export const askForTableFile = (window: Window, suggested: string): Promise<string | null> =>
  askWhereToWrite(window, 'documents', suggested, {
    title: 'Export the table',
    buttonLabel: 'Export',
    filters: [{ name: 'CSV', extensions: ['csv'] }],
  });

/** @returns null: the person cancelled */
export const askForReportFile = (
  window: Window,
  suggested: string,
  format: 'html' | 'pdf',
): Promise<string | null> =>
  askWhereToWrite(window, 'documents', suggested, {
    title: 'Save the report',
    buttonLabel: 'Save',
    filters: [{ name: format.toUpperCase(), extensions: [format] }],
  });

async function askWhereToWrite(
  window: Window,
  folder: 'documents' | 'pictures',
  suggested: string,
  options: SaveOptions,
): Promise<string | null> {
  const whole = { ...options, defaultPath: join(app.getPath(folder), suggested) };
  const over = window();
  const { canceled, filePath } = over
    ? await dialog.showSaveDialog(over, whole)
    : await dialog.showSaveDialog(whole);
  return canceled || filePath === '' ? null : filePath;
}

export function askForFolder(window: Window, defaultPath: string): Promise<string | null> {
  const options: Electron.OpenDialogOptions = {
    title: 'Choose the checkpoint folder',
    message: 'Checkpoints of the run are kept in this folder.',
    buttonLabel: 'Use this folder',
    defaultPath,
    properties: ['openDirectory', 'createDirectory'],
  };
  return askWhatToOpen(window, options);
}

export function askForDataset(window: Window, kind: 'folder' | 'file'): Promise<string | null> {
  if (kind === 'folder')
    return askWhatToOpen(window, {
      title: 'Choose a folder of images',
      message: 'A folder with a folder of pictures for each class, or with a dataset’s files.',
      buttonLabel: 'Use this folder',
      properties: ['openDirectory'],
    });
  return askWhatToOpen(window, {
    title: 'Choose a file of images',
    message: 'An archive of pictures, a table, or arrays.',
    buttonLabel: 'Use this file',
    properties: ['openFile'],
    filters: [
      { name: 'Archives, tables and arrays', extensions: datasetExtensions },
      { name: 'All files', extensions: ['*'] },
    ],
  });
}

const datasetExtensions = ['zip', 'tar', 'tgz', 'gz', 'csv', 'tsv', 'npz', 'npy'];

async function askWhatToOpen(
  window: Window,
  options: Electron.OpenDialogOptions,
): Promise<string | null> {
  const over = window();
  const { canceled, filePaths } = over
    ? await dialog.showOpenDialog(over, options)
    : await dialog.showOpenDialog(options);
  return canceled ? null : (filePaths[0] ?? null);
}
