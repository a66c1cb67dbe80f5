import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { mainThreadOf, TRACED, type MainThread } from './trace.ts';

/** Built into dist/bench. */
const root = resolve(import.meta.dirname, '../..');

/** The app, or an empty window of the same Electron, with a home folder of its own. */
export class StartedApp {
  readonly page: Page;
  readonly #electron: ElectronApplication;
  readonly #home: string;
  #traces = 0;

  private constructor(electron: ElectronApplication, page: Page, home: string) {
    this.#electron = electron;
    this.page = page;
    this.#home = home;
  }

  /** @param settings as an earlier start would have left them */
  static async start(home: string, settings: object): Promise<StartedApp> {
    const profile = join(home, 'profile');
    mkdirSync(profile, { recursive: true });
    writeFileSync(join(profile, 'settings.json'), JSON.stringify(settings));
    return StartedApp.#launch(home, root);
  }

  static async startEmpty(home: string): Promise<StartedApp> {
    const app = join(home, 'empty');
    mkdirSync(app, { recursive: true });
    writeFileSync(
      join(app, 'package.json'),
      '{"name":"empty","version":"1.0.0","main":"main.cjs"}',
    );
    writeFileSync(
      join(app, 'main.cjs'),
      `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 }).loadURL('about:blank'));
`,
    );
    return StartedApp.#launch(home, app);
  }

  static async #launch(home: string, app: string): Promise<StartedApp> {
    const environment = Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || name.startsWith('XDG_') ? [] : [[name, value] as const],
    );
    const electron = await _electron.launch({
      // In Node the package is the path of its executable, whatever its types say.
      executablePath: createRequire(import.meta.url)('electron') as string,
      args: [
        // Chromium has no sandbox for root.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        `--user-data-dir=${join(home, 'profile')}`,
        app,
      ],
      env: { ...Object.fromEntries(environment), HOME: home },
    });
    const page = await electron.firstWindow();
    return new StartedApp(electron, page, home);
  }

  async resize(width: number, height: number): Promise<void> {
    await this.#electron.evaluate(
      ({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h),
      [width, height] as const,
    );
  }

  async goTo(place: 'Draw' | 'Train'): Promise<void> {
    await this.page.getByRole('button', { name: place, exact: true }).click();
  }

  /** Hidden, it paints nothing; all else goes on. */
  async show(isShown: boolean): Promise<void> {
    await this.#electron.evaluate(({ BrowserWindow }, shown) => {
      const [window] = BrowserWindow.getAllWindows();
      if (shown) window?.show();
      else window?.hide();
    }, isShown);
  }

  /** What the page's main thread did meanwhile. */
  async traced(meanwhile: () => Promise<void>): Promise<MainThread> {
    await this.#electron.evaluate(
      ({ contentTracing }, categories) =>
        contentTracing.startRecording({ included_categories: categories }),
      TRACED,
    );
    await meanwhile();
    const file = join(this.#home, `trace-${this.#traces++}.json`);
    await this.#electron.evaluate(
      ({ contentTracing }, path) => contentTracing.stopRecording(path),
      file,
    );
    const pid = await this.#electron.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
    );
    return mainThreadOf(file, pid);
  }

  async end(): Promise<void> {
    await this.#electron.close();
  }
}
