import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RunConfig } from '../../../shared/config.ts';
import { makeLargeFolder } from '../../support/large-folder.ts';
import type { WindowFigures } from '../parts/window.ts';
import { StartedApp } from './started-app.ts';

/** As a run of months leaves it. */
const CHECKPOINTS = 10_000;
const LINES = 1_000_000;
const TURNS = 3;

/** How long the app takes to open a folder that holds much, from the press of its button, and what of it blocks the window. */
export async function measureOpening(
  home: string,
  config: RunConfig,
): Promise<WindowFigures['opening']> {
  const large = join(home, 'months');
  const small = join(home, 'nothing yet');
  mkdirSync(large);
  mkdirSync(small);
  await makeLargeFolder(large, CHECKPOINTS, LINES);
  const settings = { folder: small, recentFolders: [small, large], config, window: null };
  const app = await StartedApp.start(join(home, 'opening'), settings);
  const { page } = app;
  await app.resize(1280, 800);
  const rail = page.getByRole('navigation', { name: 'Places' });
  await rail.getByRole('button', { name: 'Runs', exact: true }).click();
  const total = page.getByText(/^10.000 checkpoints ·/);
  const runs = page.getByRole('list', { name: 'Runs' });
  const rowOf = (name: string) =>
    runs.getByRole('listitem').filter({ hasText: name }).locator('button.run');
  const seconds: number[] = [];
  const durations: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    const { tasks } = await app.traced(async () => {
      const since = performance.now();
      await rowOf('months').click();
      await total.waitFor({ timeout: 60_000 });
      seconds.push((performance.now() - since) / 1000);
    });
    durations.push(...tasks.map(({ duration }) => duration));
    await rowOf('nothing yet').click();
    await page.getByText('No checkpoint in this folder yet').waitFor();
  }
  await app.end();
  return {
    ...{ checkpoints: CHECKPOINTS, lines: LINES, seconds },
    longestTask: Math.max(...durations),
    above50: durations.filter((duration) => duration > 50).length,
  };
}
