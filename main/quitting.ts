import { app, powerMonitor, type BrowserWindow } from 'electron';

/**
 * Whatever asks the app to quit (menu, closed window, signal, the system shutting down) first lets `save` finish. `save` must
 * settle within a bound.
 */
export class Quitting {
  readonly #save: () => Promise<void>;
  #stage: 'running' | 'saving' | 'saved' = 'running';

  constructor(save: () => Promise<void>) {
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

  /** Must run when the app is ready. */
  holdShutdown(): void {
    if (process.platform === 'win32') return;
    // The documentation gives it an event to hold the shutdown by, the types forget it.
    powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
      if (this.#stage !== 'saved') event?.preventDefault();
      app.quit();
    });
  }

  /** Closing the window quits, so it stays open, saying so, until all is saved. macOS keeps the app without a window. */
  holdWindow(window: BrowserWindow): void {
    // Logging out signals every process of ours, and Chromium ends itself at once when it cannot start its GPU process again.
    // Only from the first picture on, so that a machine without a usable GPU has found its other way of drawing.
    window.once('ready-to-show', () => {
      app.commandLine.appendSwitch('disable-gpu-process-crash-limit');
    });
    if (process.platform === 'darwin') return;
    window.on('close', (event) => {
      if (this.#stage === 'saved') return;
      event.preventDefault();
      app.quit();
    });
    // Windows asks before it ends the session; held until all is saved, or until its own patience ends.
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
