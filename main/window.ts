import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, screen, type Rectangle } from 'electron';
import { FailureError, toFailure } from '../shared/ipc.ts';
import { pageBackground } from '../shared/tokens.ts';
import { showStartFailure } from './desktop/start-failure.ts';
import { pageUrl, webPreferences, type PageSource } from './security.ts';
import type { Preferences } from './preferences-file.ts';
import { arrangementOf, LEAST, notePlace, placeWindow } from './window-bounds.ts';

const RELOAD_AT_MOST_EVERY = 10_000;
/** Milliseconds from when the window shows itself until its first frame is painted, by the main process too. */
const FIRST_FRAME = 250;

const currentBackground = (): string =>
  nativeTheme.shouldUseDarkColors ? pageBackground.dark : pageBackground.light;

/** What windows may cover of each screen, the main one first. */
function screenAreas(): Rectangle[] {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  return [main, ...others].map(({ workArea }) => workArea);
}

/** Windows and macOS take the icon from the program itself. */
const windowIcon = (): { icon?: string } =>
  app.isPackaged && process.platform === 'linux'
    ? { icon: join(process.resourcesPath, 'icon.png') }
    : {};

/** Makes the app's window at its last place; it shows itself when its page is loaded. */
export function createWindow(preferences: Preferences, preload: string): BrowserWindow {
  const areas = screenAreas();
  const saved = preferences.get('windows')[arrangementOf(areas)] ?? preferences.get('window');
  const window = new BrowserWindow({
    ...placeWindow(saved, areas),
    minWidth: LEAST.width,
    minHeight: LEAST.height,
    title: 'Firstlayer',
    show: false,
    backgroundColor: currentBackground(),
    autoHideMenuBar: process.platform !== 'darwin',
    ...windowIcon(),
    webPreferences: { ...webPreferences, preload },
  });
  if (saved?.maximized) window.maximize();
  window.once('ready-to-show', () => {
    window.show();
  });
  window.on('close', () => {
    const place = { ...window.getNormalBounds(), maximized: window.isMaximized() };
    preferences.set('window', place);
    const arrangement = arrangementOf(screenAreas());
    preferences.set('windows', notePlace(preferences.get('windows'), arrangement, place));
  });
  const repaint = (): void => {
    window.setBackgroundColor(currentBackground());
  };
  nativeTheme.on('updated', repaint);
  window.on('closed', () => nativeTheme.off('updated', repaint));
  reloadWhenCrashed(window);
  // The title tells of the run (desktop/run-outside.ts).
  window.on('page-title-updated', (event) => event.preventDefault());
  return window;
}

/** Does what the window's first frame does not need, so that nobody waits for it. */
export function afterFirstFrame(window: BrowserWindow, action: () => void): void {
  window.once('ready-to-show', () => setTimeout(action, FIRST_FRAME));
}

/** Loads the page that speaks the app's language; without one the app cannot go on. */
export function openPage(window: BrowserWindow, page: PageSource): void {
  const url = pageUrl(page);
  loadPage(window, url).catch((error: unknown) => {
    if (!window.isDestroyed()) void showStartFailure(toFailure(error, url));
  });
}

/** @throws Error where there is no such page */
async function loadPage(window: BrowserWindow, url: string): Promise<void> {
  let answered = 200;
  window.webContents.once('did-navigate', (_event, _url, code) => {
    answered = code;
  });
  await window.loadURL(url);
  if (answered >= 400)
    throw new FailureError({
      what: `The window’s page is not there (answer ${answered}).`,
      where: url,
      remedy: 'The installation is damaged: install Firstlayer again.',
    });
}

/** Reloads a page whose process has died; training goes on and the new page shows it. A page that dies again at once is not reloaded. */
function reloadWhenCrashed(window: BrowserWindow): void {
  let last = -Infinity;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    const now = performance.now();
    if (reason === 'clean-exit' || now - last < RELOAD_AT_MOST_EVERY) return;
    last = now;
    window.reload();
  });
}

/** Brings a window to the front, wherever it is. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
