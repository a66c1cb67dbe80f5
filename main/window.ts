import { BrowserWindow, nativeTheme, screen } from 'electron';
import { pageBackground } from '../shared/tokens.ts';
import { webPreferences, type PageSource } from './security.ts';
import type { Preferences } from './preferences-file.ts';
import { LEAST, placeWindow } from './window-bounds.ts';

const RELOAD_AT_MOST_EVERY = 10_000;

const currentBackground = (): string =>
  nativeTheme.shouldUseDarkColors ? pageBackground.dark : pageBackground.light;

/** Opens the app's window at its last place; the window shows itself when its page is ready. */
export function createWindow(
  preferences: Preferences,
  preload: string,
  page: PageSource,
  icon?: string,
): BrowserWindow {
  const saved = preferences.get('window');
  const main = screen.getPrimaryDisplay();
  const displays = [main, ...screen.getAllDisplays().filter(({ id }) => id !== main.id)];
  const window = new BrowserWindow({
    ...placeWindow(
      saved,
      displays.map(({ workArea }) => workArea),
    ),
    minWidth: LEAST.width,
    minHeight: LEAST.height,
    title: 'Firstlayer',
    show: false,
    backgroundColor: currentBackground(),
    autoHideMenuBar: process.platform !== 'darwin',
    ...(icon === undefined ? {} : { icon }),
    webPreferences: { ...webPreferences, preload },
  });
  if (saved?.maximized) window.maximize();
  window.once('ready-to-show', () => {
    window.show();
  });
  window.on('close', () => {
    preferences.set('window', { ...window.getNormalBounds(), maximized: window.isMaximized() });
  });
  const repaint = (): void => {
    window.setBackgroundColor(currentBackground());
  };
  nativeTheme.on('updated', repaint);
  window.on('closed', () => nativeTheme.off('updated', repaint));
  reloadWhenCrashed(window);
  void window.loadURL(page.url);
  return window;
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
