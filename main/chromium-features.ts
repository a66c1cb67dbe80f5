import { app } from 'electron';

/** Chromium's name of it. */
const NETWORK_IN_PROCESS = 'NetworkServiceInProcess2';

/**
 * Keeps Chromium's network service in the main process, as on Android, in place of a process of its own: a window that loads nothing from a
 * network needs none, and everybody would wait for its start. On Linux only, where that process has no sandbox and so the same rights.
 * Must be called before the app is ready.
 */
export function chooseChromiumFeatures(): void {
  if (process.platform !== 'linux') return;
  const asked = app.commandLine.getSwitchValue('enable-features');
  const features = asked === '' ? NETWORK_IN_PROCESS : `${asked},${NETWORK_IN_PROCESS}`;
  app.commandLine.appendSwitch('enable-features', features);
}
