import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RunConfig } from '../../../shared/config.ts';
import type { WindowFigures } from '../parts/window.ts';
import { StartedApp } from './started-app.ts';

const TURNS = 6;

/**
 * How long the app takes from its start until a person can press Start, beside an empty window of the same Electron; of both until their
 * page is asked for a frame, since nothing can be seen or pressed before. And from a press at once to the first step of a new run of a
 * set-up that was trained before: its data are read, its precision is measured. Of each kind the first turn is not counted, which makes
 * what is kept in the profile and in the caches.
 */
export async function measureStarting(
  home: string,
  config: RunConfig,
): Promise<WindowFigures['starting']> {
  const figures: WindowFigures['starting'] = { app: [], empty: [], firstStep: [] };
  for (let turn = 0; turn <= TURNS; turn += 1) {
    const empty = await timed(async () => {
      const app = await StartedApp.startEmpty(join(home, 'empty start'));
      await seen(app, () => true);
      return app;
    });
    await empty.app.end();
    const folder = join(home, `new run ${turn}`);
    mkdirSync(folder);
    const settings = { folder, recentFolders: [folder], config, window: null };
    const started = await timed(async () => {
      const app = await StartedApp.start(join(home, 'start'), settings);
      await seen(app, () => {
        const buttons = [...document.querySelectorAll('button')];
        return buttons.some(({ innerText, disabled }) => innerText.trim() === 'Start' && !disabled);
      });
      return app;
    });
    const { page } = started.app;
    const first = await timed(async () => {
      await page.getByRole('button', { name: 'Start', exact: true }).click();
      await seen(
        started.app,
        () => !/^0?$/.test(document.querySelector('[data-testid="step"]')?.textContent ?? ''),
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

/** Looks at each frame: a locator would do so every half a second at last. */
async function seen({ page }: StartedApp, isThere: () => boolean): Promise<void> {
  await page.waitForFunction(isThere, undefined, { polling: 'raf', timeout: 60_000 });
}

async function timed(
  begin: () => Promise<StartedApp>,
): Promise<{ app: StartedApp; seconds: number }> {
  const since = performance.now();
  const app = await begin();
  return { app, seconds: (performance.now() - since) / 1000 };
}
