import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seriousViolations } from '../fixtures/axe.ts';
import { expect, test } from '../fixtures/app.ts';
import { trainBranchedRun } from '../fixtures/branched-run.ts';
import { BesideCurves } from '../pages/beside-curves.ts';

test.setTimeout(180_000);

test('a person notes, hears and compares a run, and finds it all again after a reload and a restart', async ({
  home,
  start,
}) => {
  await trainBranchedRun(home);
  const { app, window } = await start();
  const { page } = window;
  const beside = new BesideCurves(page);
  await window.goTo('Train');
  await expect(beside.verdict).toHaveText('Too early to tell.');
  await beside.hear.click();
  await beside.tones.check();

  await beside.openEvents();
  await beside.addNote.click();
  await beside.writeNote('', 99);
  await expect(beside.noteDialog).toContainText('Enter a whole number from 0 to 16.');
  await expect(beside.noteDialog).toContainText('A note needs a text.');
  await beside.writeNote('before the fork', 8);
  await expect(beside.events).toContainText('“before the fork”');
  // Where the focus was the dialog’s, it comes back to what opened it.
  await expect(beside.addNote).toBeFocused();
  await page.keyboard.press('ControlOrMeta+Shift+N');
  await beside.writeNote('the rate is too high');
  await expect(beside.events).toContainText('“the rate is too high”');
  const kept = JSON.parse(readFileSync(join(home.run, 'notes.json'), 'utf8')) as {
    notes: { branch: number; step: number }[];
  };
  expect(kept.notes.map(({ branch, step }) => [branch, step])).toEqual([
    [1, 8],
    [2, 16],
  ]);

  await beside.noteButton('Edit', 'the rate').click();
  await beside.writeNote('the rate is right');
  await expect(beside.events).toContainText('“the rate is right”');
  await beside.noteButton('Remove', 'before').click();
  await expect(beside.events).not.toContainText('before the fork');
  await beside.undo.click();
  await expect(beside.events).toContainText('“before the fork”');

  await beside.openCompare();
  await beside.compare.getByRole('checkbox', { name: /^Branch 1 / }).check();
  await beside.compare.getByRole('checkbox', { name: /step 8, validation/ }).check();
  await expect.poll(() => beside.extraLines()).toBe(2);
  await beside.compare.getByRole('radio', { name: 'Line 5' }).first().check({ force: true });
  await beside.compare.getByRole('button', { name: /against branch 1/ }).click();
  await expect(beside.difference).toContainText('After epoch 2, against branch 1: validation loss');
  expect(await seriousViolations(page)).toEqual([]);

  await page.reload();
  await beside.openEvents();
  await expect(beside.events).toContainText('“the rate is right”');
  await expect.poll(() => beside.extraLines()).toBe(2);
  await beside.openCompare();
  await expect(beside.difference).toContainText('against branch 1');
  await beside.compare.getByRole('checkbox', { name: /step 8, validation/ }).uncheck();
  expect(app.errors).toEqual([]);
  await app.quit();

  const again = await start();
  const after = new BesideCurves(again.window.page);
  await expect.poll(() => after.extraLines()).toBe(1);
  await expect(after.tones).toBeChecked();
  await after.openEvents();
  await expect(after.events).toContainText('“before the fork”');
  expect(again.app.errors).toEqual([]);
});
