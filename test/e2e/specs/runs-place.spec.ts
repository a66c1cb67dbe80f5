import { join } from 'node:path';
import { readFileSync, writeFileSync } from 'node:fs';
import { trainShortRun } from '../fixtures/short-run.ts';
import { expect, test } from '../fixtures/app.ts';
import { seriousViolations } from '../fixtures/axe.ts';

test.setTimeout(180_000);

test('a person pins, checks and deletes the checkpoints of the folder', async ({ home, start }) => {
  await trainShortRun(home);
  expect(home.checkpoints()).toEqual([8, 16]);
  const { app, window } = await start();
  const { page } = window;
  const places = page.getByRole('navigation', { name: 'Places' });
  await places.getByRole('button', { name: 'Runs' }).click();
  const table = page.getByRole('table', { name: 'Checkpoints' });
  const row = (step: number) =>
    table.getByRole('row').filter({ has: page.getByRole('rowheader', { name: String(step) }) });
  await expect(row(16)).toContainText('newest');

  await page.getByRole('button', { name: 'Pin step 8' }).click();
  await expect(row(8)).toContainText('pinned');
  await page.getByRole('button', { name: 'Check step 8' }).click();
  await expect(row(8)).toContainText('whole');
  expect(await seriousViolations(page)).toEqual([]);

  await page.getByRole('button', { name: 'Delete step 8…' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Keep step 8' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Delete step 8…' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Delete step 8 for good' }).press('Enter');
  await expect(row(8)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Pin step 16' })).toBeFocused();
  expect(home.checkpoints()).toEqual([16]);

  const weights = join(home.run, 'model.ckpt-16.data-00000-of-00001');
  writeFileSync(weights, readFileSync(weights).fill(7, 1_000, 1_010));
  await page.getByRole('button', { name: 'Check step 16' }).click();
  await expect(row(16)).toContainText('damaged');
  // What is damaged cannot be pinned: the folder says why.
  await page.getByRole('button', { name: 'Pin step 16' }).click();
  await expect(window.failure).toContainText('model.ckpt-16');
  await page.getByRole('button', { name: 'Delete step 16…' }).click();
  await page.getByRole('button', { name: 'Delete step 16 for good' }).click();
  await expect(page.getByText('No checkpoint in this folder yet')).toBeVisible();
  await page.getByRole('button', { name: 'Go to Train' }).click();
  await expect(page.getByRole('heading', { name: 'Train', level: 1 })).toBeVisible();
  expect(app.errors).toEqual([]);
});
