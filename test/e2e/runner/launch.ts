import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { _electron, type ElectronApplication } from 'playwright/test';
import type { Language } from '../../../shared/language.ts';
import type { Home } from './home.ts';
import { RunningApp } from './running-app.ts';

const root = resolve(import.meta.dirname, '../../..');

/** The packed app that FIRSTLAYER_APP names, or the build in dist/ run by Electron. */
function target(): { executablePath: string; app: string[] } {
  const packed = process.env.FIRSTLAYER_APP;
  if (packed !== undefined && packed !== '') return { executablePath: resolve(packed), app: [] };
  // In Node the package is the path of its executable, whatever its types say.
  const executablePath = createRequire(import.meta.url)('electron') as string;
  return { executablePath, app: [root] };
}

/** Starts the app with a profile and a home folder of its own and waits for its window. */
export async function launch(home: Home, language: Language = 'en'): Promise<RunningApp> {
  const { executablePath, app } = target();
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name, value]) => value !== undefined && !name.startsWith('XDG_'),
    ),
  ) as Record<string, string>;
  const electron = await _electron.launch({
    executablePath,
    // Where a test’s settings choose no language, whatever the machine’s is.
    args: [`--user-data-dir=${home.profile}`, `--lang=${language}`, ...app],
    // Chromium has none for root.
    chromiumSandbox: process.getuid?.() !== 0,
    env: { ...env, HOME: home.path },
    // The system's, and so the app's own: Playwright would make it light.
    colorScheme: null,
  });
  const context = electron.context();
  await context.tracing.start({ screenshots: true, snapshots: true });
  const page = await electron.firstWindow();
  await menuMade(electron);
  return new RunningApp(electron, page);
}

/** The app makes its menu once its window is painted; if it cannot load its page, perhaps never. */
const menuMade = (electron: ElectronApplication): Promise<void> =>
  electron.evaluate(async ({ Menu }) => {
    for (let turn = 0; turn < 100 && !Menu.getApplicationMenu(); turn++)
      await new Promise((resolve) => setTimeout(resolve, 20));
  });
