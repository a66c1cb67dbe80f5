import { readFileSync } from 'node:fs';
import { presets } from '../../shared/presets.ts';
import { expect, test } from '../e2e/fixtures/app.ts';
import { prepared } from '../e2e/fixtures/settings.ts';

/** Whether a process is locked up: it may only make the system calls that Chromium's filter lets through. */
const isSandboxed = (pid: number): boolean =>
  /^Seccomp:\s+2$/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));

test('it opens, trains an epoch, reads a digit, quits while it trains and goes on from there', async ({
  home,
  start,
}) => {
  const run = presets['small-and-fast']!();
  const config = { ...run, training: { ...run.training, precision: 'float32', epochs: 100 } };
  home.writeSettings({ ...prepared(home), config });
  const first = await start();
  const { window, app } = first;
  await window.start.click();
  await expect(window.page.getByTestId('phase')).toHaveText(/Training/, { timeout: 120_000 });
  const firstEpoch = Math.ceil(55_000 / config.data.batchSize);
  await window.reaches(firstEpoch, 200_000);
  await window.drawing.drawOne();
  await expect.poll(() => window.drawing.prediction(), { timeout: 60_000 }).toMatch(/^\d$/);
  const page = await app.electron.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((each) => each.getOSProcessId()),
  );
  expect(page.map(isSandboxed)).toEqual(page.map(() => process.env.FIRSTLAYER_SANDBOX === 'on'));
  expect(app.errors).toEqual([]);

  const seen = await window.step();
  await app.closeWindow();
  const saved = home.checkpoints().at(-1)!;
  expect(saved).toBeGreaterThanOrEqual(seen);
  const second = await start();
  await second.window.resume.click();
  await second.window.reaches(saved + 1, 120_000);
});
