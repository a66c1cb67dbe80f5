import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { AppContract } from '../shared/contract.ts';
import type { EventPayload } from '../shared/ipc.ts';

/** What the menu can ask for: most of it of the window, which knows what is possible now. */
export interface MenuActions {
  send(item: EventPayload<AppContract, 'menu'>): void;
  showFolder(): void;
}

/** The system's menu, each system's own way. Space starts and pauses in the window; as an accelerator it could not be typed. */
export function createMenu(actions: MenuActions): Menu {
  const isMac = process.platform === 'darwin';
  const training: MenuItemConstructorOptions = {
    label: '&Training',
    submenu: [
      item('&Start or pause', 'CmdOrCtrl+Return', () => {
        actions.send('start-or-pause');
      }),
      item('S&top', 'CmdOrCtrl+.', () => {
        actions.send('stop');
      }),
      { type: 'separator' },
      item('&Choose folder…', 'CmdOrCtrl+O', () => {
        actions.send('choose-folder');
      }),
      item('Show &folder', 'CmdOrCtrl+Shift+O', () => {
        actions.showFolder();
      }),
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: '&View',
    submenu: [
      ...(app.isPackaged
        ? []
        : ([{ role: 'reload' }, { role: 'toggleDevTools' }, { type: 'separator' }] as const)),
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  };
  return Menu.buildFromTemplate([
    ...(isMac ? ([{ role: 'appMenu' }] as const) : []),
    { label: '&File', submenu: [isMac ? { role: 'close' } : { role: 'quit' }] },
    { role: 'editMenu' },
    view,
    training,
    { role: 'windowMenu' },
    { role: 'help', submenu: isMac ? [] : [{ role: 'about' }] },
  ]);
}

function item(label: string, accelerator: string, click: () => void): MenuItemConstructorOptions {
  return { label, accelerator, click };
}
