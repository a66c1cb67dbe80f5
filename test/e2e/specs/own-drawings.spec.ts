import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures/app.ts';
import { seriousViolations } from '../fixtures/axe.ts';
import { DrawPlace } from '../pages/draw-place.ts';
import { trainShortRun } from '../fixtures/short-run.ts';
import { MistakesPage } from '../pages/mistakes-page.ts';

test.setTimeout(120_000);

test('a person keeps drawings with what they really are, and corrects, deletes and copies them', async ({
  home,
  start,
}) => {
  await trainShortRun(home);
  const folder = join(home.path, 'my drawings');
  const elsewhere = join(home.path, 'elsewhere');
  for (const path of [folder, elsewhere]) mkdirSync(path);
  writeFileSync(join(folder, 'notes.txt'), 'mine');
  const files = (of: string): string[] =>
    readdirSync(folder).includes(of) ? readdirSync(join(folder, of)) : [];
  const { app, window } = await start();
  const { page, drawing } = window;
  const draw = new DrawPlace(page);
  const button = draw.really.bind(draw);
  const toast = page.getByRole('group', { name: 'What was done' });

  await test.step('the first one asks for a folder; cancelled, nothing is kept', async () => {
    await window.goTo('Draw');
    await expect(button('7', false)).toBeDisabled();
    await drawing.drawOne();
    await app.answerFolderDialog(null);
    await button('7', false).click();
    await expect(page.getByRole('button', { name: 'kept: 0 drawings' })).toBeVisible();
    await expect(button('7', false)).toBeEnabled();
    await app.answerFolderDialog(folder);
    await button('7', false).click();
    await expect(button('7', true)).toBeVisible();
    await expect(page.getByRole('button', { name: 'kept: 1 drawing' })).toBeVisible();
    expect(
      files('7')
        .map((name) => name.replace(/^.*\./, ''))
        .sort(),
    ).toEqual(['json', 'png']);
  });

  await test.step('it is corrected in place, and back', async () => {
    await button('1', false).click();
    await expect(button('1', true)).toBeVisible();
    expect([files('7'), files('1').length]).toEqual([[], 2]);
    await toast.getByRole('button', { name: 'Undo' }).click();
    await expect(button('7', true)).toBeVisible();
    await drawing.drawZero(0.4);
    await expect(button('7', false)).toBeVisible();
    await drawing.clear.click();
    await drawing.drawZero();
    await button('0', false).click();
    await expect(page.getByRole('button', { name: 'kept: 2 drawings' })).toBeVisible();
  });

  const dialog = page.getByRole('dialog', { name: 'Your drawings' });
  await test.step('they are browsed by class, by keyboard; one is deleted and had back', async () => {
    await page.getByRole('button', { name: 'kept: 2 drawings' }).press('Enter');
    await expect(dialog.getByRole('region', { name: '0: 1 drawing' })).toBeVisible();
    const tile = dialog.getByRole('button', { name: /^7, kept today/ });
    await tile.press('Enter');
    await expect(dialog.getByRole('img', { name: 'The chosen drawing, 7' })).toBeVisible();
    await dialog.getByRole('combobox', { name: 'Really it is a' }).selectOption('1');
    await expect(dialog.getByRole('region', { name: '1: 1 drawing' })).toBeVisible();
    await dialog.getByRole('button', { name: /^1, kept today/ }).press('Delete');
    await expect(dialog.getByText('kept: 1 drawing', { exact: true })).toBeVisible();
    await expect(dialog.getByRole('button', { name: /^0, kept/, pressed: true })).toBeFocused();
    await dialog.getByRole('button', { name: 'Undo' }).click();
    await expect(dialog.getByText('kept: 2 drawings', { exact: true })).toBeVisible();
    expect(await seriousViolations(page)).toEqual([]);
  });

  await test.step('a bad file is named, and all are copied to another folder', async () => {
    writeFileSync(join(folder, '0', '2026-01-01-000000-00000000.png'), 'no picture');
    await app.answerFolderDialog(elsewhere);
    await dialog.getByRole('button', { name: 'Copy all to…' }).click();
    await expect(dialog.getByText('This drawing cannot be read: it is no PNG file.')).toBeVisible();
    await expect(dialog.getByText(/^The drawings are copied to /)).toBeVisible();
    expect(readdirSync(join(elsewhere, 'my drawings-copy')).sort()).toEqual(['0', '1']);
    await dialog.getByRole('button', { name: 'Close' }).click();
    expect(readdirSync(folder).sort()).toEqual(['0', '1', 'notes.txt']);
  });

  const mistakes = new MistakesPage(page);
  await test.step('they are counted among the mistakes, as a part of their own', async () => {
    await window.goTo('Mistakes');
    await page.getByRole('group', { name: 'Part' }).getByText('My drawings').click();
    await expect(mistakes.sentence).toContainText('2 own drawings', { timeout: 60_000 });
    expect((await mistakes.counts()).reduce((a, b) => a + b)).toBe(2);
    await mistakes.choose('Show', 'all');
    expect(await mistakes.shown()).toBe(2);
    await expect(page.getByText('cannot be read and is left out')).toBeVisible();
    await page.getByRole('button', { name: 'Your drawings…' }).click();
  });

  await test.step('the next run learns from them too, as much as they weigh', async () => {
    await dialog.getByRole('button', { name: 'Train with them…' }).click();
    const too = page.getByRole('checkbox', { name: 'Train with my own drawings too' });
    await expect(too).toBeFocused();
    await too.press('Space');
    await page.getByRole('textbox', { name: 'Weight of a drawing' }).fill('25');
    await expect(
      page.getByText(
        '2 drawings (class 0: 1, class 1: 1), each as 25 examples: 50 of 55,050 training examples in all.',
      ),
    ).toBeVisible();
    expect(await seriousViolations(page)).toEqual([]);
  });
  expect(app.errors).toEqual([]);
});
