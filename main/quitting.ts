import { app, powerMonitor, type BrowserWindow } from 'electron';

/** Makes every way to quit the app (menu, closed window, signal, system shutdown) wait for `save`, which must settle within a bound. */
export class Quitting {
  readonly #save: () => Promise<unknown>;
  #stage: 'running' | 'saving' | 'saved' = 'running';

  constructor(save: () => Promise<unknown>) {
    this.#save = save;
    app.on('before-quit', (event) => {
      if (this.#stage === 'saved') return;
      event.preventDefault();
      if (this.#stage === 'running') void this.#finish();
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        app.quit();
      });
  }

  /** Must be called when the app is ready. */
  holdShutdown(): void {
    if (process.platform === 'win32') return;
    // By the documentation, the event can hold the shutdown; the types do not have it.
    powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
      if (this.#stage !== 'saved') event?.preventDefault();
      app.quit();
    });
  }

  /** Closing the window quits, so the window stays open and says so until all is saved. macOS keeps the app running without a window. */
  holdWindow(window: BrowserWindow): void {
    // At logout, every process of ours gets a signal, and Chromium ends itself at once if it cannot start its GPU process again. The switch
    // is set only after the first picture, so that a machine without a usable GPU has switched to software by then.
    window.once('ready-to-show', () => {
      app.commandLine.appendSwitch('disable-gpu-process-crash-limit');
    });
    if (process.platform === 'darwin') return;
    window.on('close', (event) => {
      if (this.#stage === 'saved') return;
      event.preventDefault();
      app.quit();
    });
    // Windows asks before it ends the session; this holds it until all is saved, or until Windows loses patience.
    window.on('query-session-end', (event) => {
      if (this.#stage === 'saved') return;
      event.preventDefault();
      app.quit();
    });
  }

  async #finish(): Promise<void> {
    this.#stage = 'saving';
    try {
      await this.#save();
    } finally {
      this.#stage = 'saved';
      app.quit();
    }
  }
}
