import { join } from 'node:path';
import { app, dialog, type BrowserWindow } from 'electron';
import type { PictureFormat } from '../shared/picture-file.ts';
import type { PresetDialogs } from './own-presets.ts';

/** The system's dialogs for files, over the app's window where there is one. */

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
      const over = window();
      const { canceled, filePaths } = over
        ? await dialog.showOpenDialog(over, options)
        : await dialog.showOpenDialog(options);
      return canceled ? null : (filePaths[0] ?? null);
    },
    fileToWrite: (suggested) =>
      askWhereToWrite(window, 'documents', suggested, {
        title: 'Export the preset',
        buttonLabel: 'Export',
        filters: presets,
      }),
  };
}

/** @returns null: the person cancelled */
export const askForPictureFile = (
  window: Window,
  suggested: string,
  format: PictureFormat,
): Promise<string | null> =>
  askWhereToWrite(window, 'pictures', suggested, {
    title: 'Save the picture',
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
