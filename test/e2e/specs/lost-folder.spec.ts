import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { prepared } from '../fixtures/settings.ts';
import { expect, test } from '../fixtures/app.ts';

test('a checkpoint folder that is lost during training is told of, and saving resumes in the one that is chosen', async ({
  home,
  start,
}, info) => {
  home.writeSettings(prepared(home));
  const { app, window } = await start();
  await window.start.click();
  await window.reaches(5, 60_000);
  renameSync(home.run, `${home.run} away`);
  // A pause saves.
  await window.pause.click();
  await expect(window.page.getByText('The checkpoint folder is gone').first()).toBeVisible();
  await window.page.screenshot({ path: info.outputPath('lost.png') });

  const other = join(home.path, 'another folder');
  mkdirSync(other);
  await app.answerFolderDialog(other);
  await window.page.getByRole('button', { name: 'Save elsewhere…' }).click();
  await expect
    .poll(() => readdirSync(other).filter((name) => name.endsWith('.json')).length)
    .toBeGreaterThan(0);
  await expect(window.folder).toContainText('another folder');
  await window.resume.click();
  await window.reaches(10, 30_000);
  await window.stop.click();
  await expect(window.resume).toBeVisible({ timeout: 30_000 });
});
