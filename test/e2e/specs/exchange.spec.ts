import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seriousViolations } from '../fixtures/axe.ts';
import { prepared } from '../fixtures/settings.ts';
import { expect, test } from '../fixtures/app.ts';

const SUMMARY = new URL('../../fixtures/keras/keras-3/lenet.summary.txt', import.meta.url);

test('what Keras prints of a network is pasted, taken and undone', async ({ home, start }) => {
  home.writeSettings(prepared(home));
  const { app, window } = await start();
  const { page } = window;
  await window.goTo('Set up');
  await page.getByRole('button', { name: 'Import…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import a network or a set-up' });
  await dialog.getByLabel('Paste it here').fill('no network');
  const take = dialog.getByRole('button', { name: /^Take this/ });
  await expect(take).toBeDisabled();
  await dialog.getByLabel('Paste it here').fill(readFileSync(SUMMARY, 'utf8'));
  await expect(dialog.getByRole('status')).toContainText('61,706 weights');
  expect(await seriousViolations(page)).toEqual([]);
  await take.click();
  await expect(page.getByRole('listbox', { name: 'Layers' }).getByRole('option')).toHaveCount(8);
  await expect(page.getByText('61,706 weights')).toBeVisible();
  await page
    .getByRole('group', { name: 'What was done' })
    .getByRole('button', { name: 'Undo' })
    .click();
  await expect(page.getByText('1,378,698 weights')).toBeVisible();
  expect(app.errors).toEqual([]);
});

test('what is pasted on the layers is seen before it is taken, and a text in a field stays a text', async ({
  home,
  start,
}) => {
  home.writeSettings(prepared(home));
  const { app, window } = await start();
  const { page } = window;
  const copy = (text: string): Promise<void> =>
    app.electron.evaluate(({ clipboard }, copied) => {
      void clipboard.writeText(copied);
    }, text);
  await window.goTo('Set up');
  const layers = page.getByRole('listbox', { name: 'Layers' }).getByRole('option');
  const dialog = page.getByRole('dialog', { name: 'Import a network or a set-up' });

  await copy('a mere text');
  await layers.first().focus();
  await page.keyboard.press('ControlOrMeta+V');
  await expect(page.getByText('What is pasted is no network.')).toBeVisible();
  await expect(dialog).toBeHidden();
  await window.field('Name').fill('');
  await page.keyboard.press('ControlOrMeta+V');
  await expect(window.field('Name')).toHaveValue('a mere text');

  await copy(readFileSync(SUMMARY, 'utf8'));
  await layers.first().focus();
  await page.keyboard.press('ControlOrMeta+V');
  await expect(dialog.getByRole('status')).toContainText('61,706 weights');
  await expect(layers).not.toHaveCount(8);
  await dialog.getByRole('button', { name: 'Take this network' }).click();
  await expect(layers).toHaveCount(8);
  expect(app.errors).toEqual([]);
});

test('a set-up is one string that brings it back', async ({ home, start }) => {
  home.writeSettings(prepared(home));
  const { app, window } = await start();
  const { page } = window;
  await window.goTo('Set up');
  await window.field('Epochs').fill('7');
  await window.field('Seed').fill('42');
  const text = await page.getByRole('textbox', { name: 'Set-up string' }).inputValue();
  expect(text).toMatch(/^fl1:/);
  await page.getByRole('button', { name: /^Preset/ }).click();
  await page
    .getByRole('dialog', { name: 'Presets' })
    .getByRole('button', { name: 'LeNet-5' })
    .click();
  await expect(page.getByText('61,706 weights')).toBeVisible();
  await page.getByRole('button', { name: 'Import…' }).click();
  await page.getByLabel('Paste it here').fill(text);
  await page.getByRole('button', { name: 'Take this set-up' }).click();
  await expect(window.field('Epochs')).toHaveValue('7');
  await expect(window.field('Seed')).toHaveValue('42');
  await expect(page.getByText('1,378,698 weights')).toBeVisible();
  expect(app.errors).toEqual([]);
});

test('a set-up goes through a file: saved, opened, and refused with its name where it is none', async ({
  home,
  start,
}) => {
  home.writeSettings(prepared(home));
  const { app, window } = await start();
  const { page } = window;
  const file = join(home.path, 'seven epochs.firstlayer');
  await window.goTo('Set up');
  await window.field('Epochs').fill('7');
  await page.getByRole('button', { name: 'Hide…' }).click();
  await page.getByRole('checkbox', { name: 'Regularisation' }).check();
  await page.keyboard.press('Escape');
  await app.answerSaveDialog(file);
  await page.getByRole('button', { name: 'Save the set-up as a file…' }).click();
  await expect(page.getByText(`The set-up was written to ${file}.`)).toBeVisible();
  const text = await page.getByRole('textbox', { name: 'Set-up string' }).inputValue();
  expect(readFileSync(file, 'utf8')).toBe(`${text}\n`);

  await window.field('Epochs').fill('2');
  await app.answerFolderDialog(file);
  const open = page.getByRole('button', { name: 'Open a set-up from a file…' });
  await open.click();
  await expect(page.getByText('seven epochs is in the form.')).toBeVisible();
  await expect(window.field('Epochs')).toHaveValue('7');
  await expect(page.getByText('Hidden: Regularisation.')).toBeVisible();

  writeFileSync(file, text.slice(0, 40));
  await open.click();
  await expect(page.getByText(`Where: ${file}`)).toBeVisible();
  await expect(window.field('Epochs')).toHaveValue('7');
  expect(app.errors).toEqual([]);
});

test('one’s own presets stay over a restart', async ({ home, start }) => {
  home.writeSettings(prepared(home));
  const first = await start();
  const open = async ({ window }: typeof first) => {
    await window.page.getByRole('button', { name: /^Preset/ }).click();
    return window.page.getByRole('dialog', { name: 'Presets' });
  };
  await first.window.goTo('Set up');
  await first.window.field('Epochs').fill('9');
  const panel = await open(first);
  await panel.getByLabel('Save the present set-up as').fill('Nine epochs');
  await panel.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(first.window.page.getByText('Saved as “Nine epochs”.')).toBeVisible();
  await first.app.quit();

  const second = await start();
  await second.window.field('Epochs').fill('2');
  await (await open(second)).getByRole('button', { name: 'Nine epochs', exact: true }).click();
  await expect(second.window.field('Epochs')).toHaveValue('9');
  expect(second.app.errors).toEqual([]);
});

test('what a teacher hides stays hidden over a reload and a restart, until everything is shown', async ({
  home,
  start,
}) => {
  home.writeSettings(prepared(home));
  const first = await start();
  const { page } = first.window;
  await first.window.goTo('Set up');
  await page.getByRole('button', { name: 'Hide…' }).click();
  await page.getByRole('checkbox', { name: 'Regularisation' }).check();
  await page.keyboard.press('Escape');
  const text = await page.getByRole('textbox', { name: 'Set-up string' }).inputValue();
  await page.getByRole('button', { name: 'Import…' }).click();
  await page.getByLabel('Paste it here').fill(text);
  await page.getByRole('button', { name: 'Take this set-up' }).click();
  await expect(page.getByText('Hidden: Regularisation.')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Hidden: Regularisation.')).toBeVisible();
  await first.app.quit();

  const second = await start();
  const lesson = second.window.page.getByText('Hidden: Regularisation.');
  const hidden = second.window.page.locator('summary').filter({ hasText: 'Regularisation' });
  await expect(lesson).toBeVisible();
  await expect(hidden).toHaveCount(0);
  await second.window.page.getByRole('button', { name: 'Show everything' }).click();
  await expect(lesson).toBeHidden();
  await expect(hidden).toBeVisible();
  await second.window.page.reload();
  await expect(hidden).toBeVisible();
  expect(second.app.errors).toEqual([]);
});
