import { join } from 'node:path';
import { app, dialog, type BrowserWindow } from 'electron';
import type { PresetDialogs } from './own-presets.ts';

const filters = [{ name: 'Presets', extensions: ['json'] }];

/** The system's dialogs, over the app's window where there is one. */
export function presetDialogs(window: () => BrowserWindow | null): PresetDialogs {
  return {
    async fileToRead() {
      const options: Electron.OpenDialogOptions = {
        title: 'Choose a preset',
        buttonLabel: 'Import',
        properties: ['openFile'],
        filters: [...filters, { name: 'All files', extensions: ['*'] }],
      };
      const over = window();
      const { canceled, filePaths } = over
        ? await dialog.showOpenDialog(over, options)
        : await dialog.showOpenDialog(options);
      return canceled ? null : (filePaths[0] ?? null);
    },
    async fileToWrite(suggested) {
      const options: Electron.SaveDialogOptions = {
        title: 'Export the preset',
        buttonLabel: 'Export',
        defaultPath: join(app.getPath('documents'), suggested),
        filters,
      };
      const over = window();
      const { canceled, filePath } = over
        ? await dialog.showSaveDialog(over, options)
        : await dialog.showSaveDialog(options);
      return canceled || filePath === '' ? null : filePath;
    },
  };
}
