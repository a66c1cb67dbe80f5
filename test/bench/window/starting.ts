import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RunConfig } from '../../../shared/config.ts';
import type { WindowFigures } from '../parts/window.ts';
import { StartedApp } from './started-app.ts';

const TURNS = 6;

/**
 * How long the app takes from its start until a person can press Start, beside an empty window of the same Electron, and from there to
 * the first step of a run whose data the machine has read before. Of each kind the first turn is not counted: the disk's cache is cold.
 */
export async function measureStarting(
  home: string,
  config: RunConfig,
): Promise<WindowFigures['starting']> {
  const figures: WindowFigures['starting'] = { app: [], empty: [], firstStep: [] };
  for (let turn = 0; turn <= TURNS; turn += 1) {
    const empty = await timed(() => StartedApp.startEmpty(join(home, `empty start ${turn}`)));
    await empty.app.end();
    const folder = join(home, `new run ${turn}`);
    mkdirSync(folder);
    const settings = { folder, recentFolders: [folder], config, window: null };
    const started = await timed(async () => {
      const app = await StartedApp.start(join(home, `start ${turn}`), settings);
      await app.page.getByRole('button', { name: 'Start', exact: true, disabled: false }).waitFor();
      return app;
    });
    const { page } = started.app;
    const first = await timed(async () => {
      await page.getByRole('button', { name: 'Start', exact: true }).click();
      // At each frame: a locator would look every half a second.
      await page.waitForFunction(
        () => !/^0?$/.test(document.querySelector('[data-testid="step"]')?.textContent ?? ''),
        undefined,
        { polling: 'raf', timeout: 60_000 },
      );
      return started.app;
    });
    await started.app.end();
    if (turn === 0) continue;
    figures.empty.push(empty.seconds);
    figures.app.push(started.seconds);
    figures.firstStep.push(first.seconds);
  }
  return figures;
}

async function timed(
  begin: () => Promise<StartedApp>,
): Promise<{ app: StartedApp; seconds: number }> {
  const since = performance.now();
  const app = await begin();
  return { app, seconds: (performance.now() - since) / 1000 };
}
