import type { MenuItemConstructorOptions } from 'electron';
import { currentLanguage } from '../shared/language.ts';

/** Items of the menu that Electron has: it labels them in English, so that they get labels of ours where another language is spoken. */

const roleWords = {
  editMenu: '&Edit',
  windowMenu: '&Window',
  help: '&Help',
  undo: '&Undo',
  redo: '&Redo',
  cut: 'Cu&t',
  copy: '&Copy',
  paste: '&Paste',
  delete: '&Delete',
  selectAll: 'Select &all',
  minimize: '&Minimize',
  close: '&Close window',
  quit: '&Quit',
  about: '&About Firstlayer',
  reload: '&Reload',
  toggleDevTools: '&Developer tools',
  resetZoom: '&Actual size',
  zoomIn: 'Zoom &in',
  zoomOut: 'Zoom &out',
  togglefullscreen: '&Full screen',
};
type Role = keyof typeof roleWords;

const submenus: Partial<Record<Role, readonly (Role | null)[]>> = {
  editMenu: ['undo', 'redo', null, 'cut', 'copy', 'paste', 'delete', null, 'selectAll'],
  windowMenu: ['minimize', 'close'],
};

export function roleItem(role: Role): MenuItemConstructorOptions {
  if (currentLanguage() === 'en') return { role };
  const submenu = submenus[role]?.map((each) =>
    each === null ? ({ type: 'separator' } as const) : roleItem(each),
  );
  return { role, label: roleWords[role], ...(submenu && { submenu }) };
}
