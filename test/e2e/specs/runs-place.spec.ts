import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RunRecord } from '../../../main/trainer/checkpoint/run-record.ts';
import { trainShortRun } from '../fixtures/short-run.ts';
import { expect, test } from '../fixtures/app.ts';
import { seriousViolations } from '../fixtures/axe.ts';
import { unreadCharts } from '../fixtures/readings.ts';
import { prepared } from '../fixtures/settings.ts';
import { idxFolder } from '../fixtures/idx-folder.ts';
import { RunsPage } from '../pages/runs-page.ts';

test.setTimeout(240_000);

const data = 'model.ckpt-8.data-00000-of-00001';

test('a person selects, pins, verifies, exports and deletes checkpoints, and takes a deletion back', async ({
  home,
  start,
}) => {
  await trainShortRun(home);
  expect(home.checkpoints()).toEqual([8, 16]);
  const { app, window } = await start();
  const { page } = window;
  const runs = new RunsPage(page);
  await window.goTo('Runs');
  await expect(runs.row(16)).toContainText('newest');
  await expect(runs.runs).toHaveCount(1);
  await expect(runs.runs).toContainText('%');

  // By keys alone: one stop, then along the lane.
  await runs.tree.focus();
  await page.keyboard.press('Home');
  await expect(runs.selected).toHaveAccessibleName(/^Branch 1, step 8, validated \d/);
  await page.keyboard.press('ArrowRight');
  await expect(runs.selected).toHaveAccessibleName(/step 16/);
  await page.keyboard.press('ArrowLeft');
  await runs.button('Pin').press('Enter');
  await expect(runs.row(8)).toContainText('pinned');
  await runs.button('Verify').click();
  await expect(runs.row(8)).toContainText('whole');
  await runs.addNote(8, 'The best so far');
  await expect(runs.notesOn(8)).toContainText('The best so far');
  expect(await seriousViolations(page)).toEqual([]);
  expect(await unreadCharts(page)).toEqual([]);

  const exported = join(home.path, 'copies');
  mkdirSync(exported);
  await app.answerFolderDialog(exported);
  await runs.button('Export').click();
  await expect(runs.toast).toContainText('Exported step 8');
  const [copy] = readdirSync(exported);
  expect(readFileSync(join(exported, copy!, data))).toEqual(readFileSync(join(home.run, data)));

  await runs.button('Delete').press('Enter');
  await expect(runs.row(8)).toHaveCount(0);
  await runs.undo();
  await expect(runs.row(8)).toContainText('pinned');
  await runs.button('Delete').click();
  await expect(runs.row(8)).toHaveCount(0);
  // Until the toast is gone its variables are kept.
  expect(existsSync(join(home.run, data))).toBe(true);
  await runs.toast.getByRole('button', { name: /^Dismiss/ }).click();
  await expect.poll(() => home.checkpoints()).toEqual([16]);

  const weights = join(home.run, 'model.ckpt-16.data-00000-of-00001');
  writeFileSync(weights, readFileSync(weights).fill(7, 1_000, 1_010));
  await runs.button('Verify').click();
  await expect(runs.row(16)).toContainText('damaged');
  // What is damaged cannot be pinned: the folder says why.
  await runs.button('Pin').click();
  await expect(page.getByRole('alert').filter({ hasText: 'model.ckpt-16' })).toBeVisible();
  await runs.button('Delete').click();
  await expect(runs.empty).toBeVisible();
  await app.quit();

  // What was deleted when the app ended is gone for good at the next start.
  const { window: again } = await start();
  await again.goTo('Runs');
  await expect(new RunsPage(again.page).empty).toBeVisible();
  await expect.poll(() => home.checkpoints()).toEqual([]);
  expect(app.errors).toEqual([]);
});

test('a person goes back to a checkpoint with another rate, and compares the two branches', async ({
  home,
  start,
}) => {
  await trainShortRun(home);
  const { config } = JSON.parse(readFileSync(join(home.run, 'run.json'), 'utf8')) as RunRecord;
  home.writeSettings({ ...prepared(home), config });
  const { window } = await start();
  const { page } = window;
  const runs = new RunsPage(page);
  await window.goTo('Set up');
  await window.field('Learning rate').fill('0.003');
  await window.goTo('Runs');
  await runs.select(8);
  await runs.button('Go back to').click();
  await expect(runs.row(16, 2)).toContainText('newest', { timeout: 60_000 });
  await expect(window.phase).toHaveAttribute('data-phase', 'idle', { timeout: 60_000 });

  await runs.row(16, 1).getByRole('button').click();
  await runs.compareFrom.click();
  await runs.row(16, 2).getByRole('button').click();
  await expect(runs.comparison).toContainText('Learning rate');
  await expect(runs.comparison).toContainText('Convolution 1');
  await expect(
    runs.comparison.getByRole('img', { name: /^B: \d+ of \d+ first-layer filters/ }),
  ).toBeVisible();
  // Lanes are gone between by keys.
  await runs.tree.focus();
  await page.keyboard.press('ArrowUp');
  await expect(runs.selected).toHaveAccessibleName(/^Branch 1, step 16/);
  expect(await seriousViolations(page)).toEqual([]);
});

test('two runs of the queue train one after the other, in the order that a person gave them', async ({
  home,
  start,
}) => {
  const settings = prepared(home) as { config: { data: object; training: object } };
  const { config } = settings;
  settings.config = {
    ...config,
    data: { ...config.data, dataset: idxFolder(join(home.path, 'digits')), validationSize: 100 },
    training: { ...config.training, epochs: 1 },
  };
  home.writeSettings({ ...settings });
  const { app, window } = await start();
  const { page } = window;
  const runs = new RunsPage(page);
  await window.goTo('Runs');
  await expect(runs.empty).toBeVisible();
  await runs.addToQueue('second');
  await runs.addToQueue('first');
  await runs.addToQueue('unwanted');
  expect(await runs.queued()).toEqual(['second', 'first', 'unwanted']);
  await runs.queue.getByRole('button', { name: 'Train first earlier' }).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => runs.queued()).toEqual(['first', 'second', 'unwanted']);
  await runs.queue.getByRole('button', { name: 'Take unwanted out of the queue' }).click();
  await expect.poll(() => runs.queued()).toEqual(['first', 'second']);
  expect(await seriousViolations(page)).toEqual([]);

  await runs.queue.getByRole('button', { name: 'Start the queue' }).click();
  const folderOf = (name: string) => join(dirname(home.run), name);
  const isTrained = (name: string) =>
    existsSync(folderOf(name)) &&
    readdirSync(folderOf(name)).some((file) => /^model\.ckpt-\d+\.json$/.test(file));
  await expect.poll(() => isTrained('second'), { timeout: 120_000 }).toBe(true);
  expect(isTrained('first')).toBe(true);
  expect(isTrained('unwanted')).toBe(false);
  await expect.poll(() => runs.queued(), { timeout: 60_000 }).toEqual([]);
  await expect(runs.runs).toHaveCount(3);

  // Off the list and on it again; the folder is as it was.
  const first = runs.runs.filter({ has: page.getByRole('button', { name: /folder first$/ }) });
  await first.hover();
  await page.getByRole('button', { name: 'Take first off the list' }).click();
  await expect(runs.runs).toHaveCount(2);
  await runs.undo();
  await expect(runs.runs).toHaveCount(3);
  await expect(window.phase).toHaveAttribute('data-phase', 'idle', { timeout: 60_000 });
  await first.getByRole('button').first().click();
  await expect(window.folder).toContainText('/first');
  expect(app.errors).toEqual([]);
});
