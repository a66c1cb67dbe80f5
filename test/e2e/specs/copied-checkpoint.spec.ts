import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { prepared } from '../fixtures/settings.ts';
import { expect, test } from '../fixtures/app.ts';
import { seriousViolations } from '../fixtures/axe.ts';
import { hostileFolders, MARKUP } from '../fixtures/hostile-run.ts';
import { trainShortRun } from '../fixtures/short-run.ts';
import { RunsPage } from '../pages/runs-page.ts';
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

/** More than opening a small network takes, and far less than what each hostile checkpoint tells of. */
const MOST_MORE_MEMORY = 250_000;

test('checkpoints that mean harm are refused in words, take no memory, change nothing, and nothing of them becomes markup', async ({
  home,
  start,
}) => {
  test.skip(process.platform === 'win32', 'Such names cannot be there.');
  await trainShortRun(home);
  const folders = await hostileFolders(home.run, join(home.path, 'from elsewhere'));
  const content = (): string[] =>
    folders.flatMap(({ path }) =>
      readdirSync(path).map(
        (name) => `${name} ${readFileSync(join(path, name)).toString('base64')}`,
      ),
    );
  const before = content();
  const { app, window } = await start();
  const { page } = window;
  const title = await page.title();
  await expect(window.resume).toBeEnabled({ timeout: 30_000 });
  /** Most kilobytes that each of the app's processes has had, together. */
  const mostMemory = (): Promise<number> =>
    app.electron.evaluate(({ app: running }) =>
      running.getAppMetrics().reduce((sum, { memory }) => sum + memory.peakWorkingSetSize, 0),
    );
  const memory = await mostMemory();

  for (const { path, refusal } of folders) {
    await app.answerFolderDialog(path);
    // By the menu: what is told moves the button.
    await app.clickMenuItem('choose-folder');
    await expect(window.folder).toContainText(path.slice(-9));
    if (refusal === null) continue;
    await expect(window.failure).toContainText(refusal);
    await expect(window.failure).toContainText('nothing here was changed');
    await expect(window.failure).toContainText(path);
    await expect(window.phase).toHaveText('Ready');
  }
  // The last one is good but for its names.
  await expect(window.failure).toBeHidden();
  await expect(page.getByRole('note', { name: 'What lies in this folder' })).toContainText(MARKUP);
  await window.goTo('Runs');
  await expect(page.getByText(`${MARKUP}-7`).first()).toBeVisible();
  const runs = new RunsPage(page);
  await runs.select(16);
  await runs.button('Verify').click();
  await expect(runs.row(16)).toContainText('whole');
  await window.goTo('Draw');
  await expect(page.getByText(`3 ${MARKUP}`).first()).toBeVisible();
  expect(await page.locator('img[src="x"]').count()).toBe(0);
  expect(await page.title()).toBe(title);

  expect((await mostMemory()) - memory).toBeLessThan(MOST_MORE_MEMORY);
  expect(content()).toEqual(before);
  // The window answers as before.
  await app.answerFolderDialog(home.run);
  await window.goTo('Train');
  await app.clickMenuItem('choose-folder');
  await expect(window.folder).toContainText('my run');
  await expect(window.resume).toBeEnabled();
  expect(app.errors).toEqual([]);
});
