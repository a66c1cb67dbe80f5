import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import type { ElectronApplication, Page } from 'playwright/test';
import type { CommandId } from '../../../shared/commands.ts';

/** A started app, seen from outside: its processes, its system dialogs, its end. */
export class RunningApp {
  readonly electron: ElectronApplication;
  readonly page: Page;
  /** What the page wrote as errors, and what it threw. */
  readonly errors: string[] = [];

  /** Kept, for Playwright forgets it when the app has ended. */
  readonly #child: ChildProcess;

  constructor(electron: ElectronApplication, page: Page) {
    this.electron = electron;
    this.#child = electron.process();
    this.page = page;
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
    page.on('pageerror', (error) => this.errors.push(error.message));
  }

  get isRunning(): boolean {
    const { exitCode, signalCode } = this.#child;
    return exitCode === null && signalCode === null;
  }

  /** The next folder dialogs are answered with `path`, or cancelled. */
  async answerFolderDialog(path: string | null): Promise<void> {
    await this.electron.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () =>
        Promise.resolve({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] });
    }, path);
  }

  /** The next dialogs for a file to write are answered with `path`. */
  async answerSaveDialog(path: string): Promise<void> {
    await this.electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, path);
  }

  /** Process ids of the app: its main process, its pages, its trainer and Chromium's own helpers. */
  processIds(): Promise<number[]> {
    return this.electron.evaluate(({ app }) => app.getAppMetrics().map(({ pid }) => pid));
  }

  /** What Chromium calls the services that have a process of their own. */
  serviceNames(): Promise<string[]> {
    return this.electron.evaluate(({ app }) =>
      app.getAppMetrics().flatMap(({ serviceName }) => serviceName ?? []),
    );
  }

  /** Makes the window so large that its page has this size. */
  async resizePage(width: number, height: number): Promise<void> {
    await this.electron.evaluate(
      ({ BrowserWindow }, size) => {
        const [shown] = BrowserWindow.getAllWindows();
        shown?.setMinimumSize(400, 400);
        shown?.setContentSize(size.width, size.height);
      },
      { width, height },
    );
    // A window is never quite as large as the screen.
    await this.page.waitForFunction((wide) => Math.abs(innerWidth - wide) < 4, width);
  }

  /** As a person chooses it in the menu. */
  clickMenuItem(id: CommandId): Promise<void> {
    return this.electron.evaluate(({ Menu }, wanted) => {
      Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click();
    }, id);
  }

  /** Whether a person could choose it there now. */
  isMenuItemEnabled(id: CommandId): Promise<boolean> {
    return this.electron.evaluate(
      ({ Menu }, wanted) => Menu.getApplicationMenu()?.getMenuItemById(wanted)?.enabled ?? false,
      id,
    );
  }

  /** Id of one of the app's processes by its name; null while there is none. */
  processId(named: 'Firstlayer trainer' | 'Firstlayer reader'): Promise<number | null> {
    return this.electron.evaluate(
      // In German the trainer is Firstlayer-Trainer.
      ({ app }, wanted) =>
        app
          .getAppMetrics()
          .find(({ name }) => name?.replace('-', ' ').toLowerCase() === wanted.toLowerCase())
          ?.pid ?? null,
      named,
    );
  }

  /** Process id of the trainer; null while there is none. */
  trainerPid(): Promise<number | null> {
    return this.processId('Firstlayer trainer');
  }

  /**
   * Starts the same app on the same profile once more.
   * @param args beside those of the first start
   * @returns the exit code of that second start
   */
  async startAgain(...args: string[]): Promise<number | null> {
    const { spawnfile, spawnargs } = this.#child;
    const second = spawn(
      spawnfile,
      [
        ...spawnargs
          .slice(1)
          .filter((argument) => !/^--(inspect|remote-debugging-port)/.test(argument)),
        ...args,
      ],
      { stdio: 'ignore' },
    );
    await once(second, 'exit');
    return second.exitCode;
  }

  /** As a person quits: the app decides when it ends. */
  async quit(): Promise<void> {
    await this.electron.close();
  }

  /** Closes the window and waits for the app's end, which follows everywhere but on macOS. */
  async closeWindow(): Promise<void> {
    const ended = once(this.#child, 'exit');
    await this.electron.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.close();
    });
    await ended;
  }

  /** Kills the main process, which cannot do anything about it. */
  async kill(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  /** Signals all the app's processes at once, as the end of a session does, and waits for the app's end. */
  async signalAll(signal: 'SIGTERM' | 'SIGHUP'): Promise<void> {
    const ended = once(this.#child, 'exit');
    // Playwright starts the app as the leader of a process group of its own.
    process.kill(-this.#child.pid!, signal);
    await ended;
  }
}

/** True while a process runs; one that has ended and was not yet collected does not. */
export function isAlive(pid: number): boolean {
  if (process.platform !== 'linux') {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  }
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return false;
  try {
    return !/\) [ZX] /.test(readFileSync(file, 'utf8'));
  } catch {
    return false;
  }
}
