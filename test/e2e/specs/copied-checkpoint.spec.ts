import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { prepared } from '../fixtures/settings.ts';
import { expect, test } from '../fixtures/app.ts';
import { seriousViolations } from '../fixtures/axe.ts';
import { builtProgram } from '../../support/built-programs.ts';

const trainer = builtProgram('train');

test('a folder with a checkpoint that was copied without its record is told, not begun in, and can be taken over', async ({
  home,
  start,
}, info) => {
  home.writeSettings(prepared(home));
  const args = ['--checkpoint-dir', home.run, '--precision', 'float32', '--max-steps', '3'];
  spawnSync(process.execPath, [trainer, ...args]);
  rmSync(join(home.run, 'model.ckpt-3.json'));
  rmSync(join(home.run, 'metrics.jsonl'));
  const before = readdirSync(home.run);

  const { window } = await start();
  const { page } = window;
  const found = page.getByRole('note', { name: 'What lies in this folder' });
  await expect(found).toContainText('model.ckpt-3 (step 3, Firstlayer’s own)', { timeout: 30_000 });
  expect(await seriousViolations(page)).toEqual([]);
  await page.screenshot({ path: info.outputPath('copied.png') });

  await window.start.click();
  await expect(window.failure).toContainText('Nothing has been begun or changed.', {
    timeout: 60_000,
  });
  await expect(window.failure).toContainText('Take it over');
  await page.screenshot({ path: info.outputPath('refused.png') });
  expect(readdirSync(home.run)).toEqual(before);

  await found.getByRole('button', { name: 'Take it over' }).click();
  await expect(page.getByText('The folder was taken over').first()).toBeVisible({
    timeout: 60_000,
  });
  await expect(found).toBeHidden();
  await page.screenshot({ path: info.outputPath('taken-over.png') });
  await window.resume.click();
  await window.reaches(5, 60_000);
  await window.stop.click();
  await expect(window.resume).toBeVisible({ timeout: 30_000 });
});
