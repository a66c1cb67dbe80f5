import { join } from 'node:path';
import { presets } from '../../../shared/presets.ts';
import { expect, test } from '../fixtures/app.ts';
import { seriousViolations } from '../fixtures/axe.ts';
import { unreadCharts } from '../fixtures/readings.ts';
import { idxFolder } from '../fixtures/idx-folder.ts';
import { prepared } from '../fixtures/settings.ts';

test('rates are tried on a copy, stopped, and the suggested one is taken and undone', async ({
  home,
  start,
}) => {
  const run = presets['small-and-fast']!();
  const config = {
    ...run,
    data: {
      ...run.data,
      ...{ dataset: idxFolder(join(home.path, 'digits')), batchSize: 50, validationSize: 100 },
    },
    training: { ...run.training, precision: 'float32' },
  };
  home.writeSettings({ ...prepared(home), config });
  const { app, window } = await start();
  const { page } = window;
  await window.goTo('Set up');
  const before = await window.field('Learning rate').inputValue();
  const open = page.getByRole('button', { name: 'Range test…' });
  const dialog = page.getByRole('dialog', { name: 'Learning-rate range test' });
  const curve = dialog.getByRole('application', { name: /^Loss by learning rate, smoothed/ });
  const apply = dialog.getByRole('button', { name: /^Apply/ });
  const startTest = dialog.getByRole('button', { name: /^Start/ });

  await test.step('one that is stopped shows what it has tried', async () => {
    await open.click();
    await dialog.getByText('More', { exact: true }).click();
    await dialog.getByLabel('Steps').fill('10');
    await expect(startTest).toBeDisabled();
    await dialog.getByLabel('Steps').fill('5000');
    await startTest.click();
    await expect(curve).toBeVisible({ timeout: 60_000 });
    await dialog.getByRole('button', { name: 'Stop' }).click();
    await expect(startTest).toHaveText('Start again');
    await expect(dialog.getByRole('status')).not.toBeEmpty();
    await expect(curve).toBeVisible();
  });

  await test.step('a whole one suggests a rate', async () => {
    await dialog.getByLabel('Steps').fill('60');
    await startTest.click();
    await expect(dialog.getByText(/ is suggested\./)).toBeVisible({ timeout: 60_000 });
    await expect(curve).toHaveAccessibleName(/is marked$/);
    await expect(apply).toBeEnabled();
    expect(await seriousViolations(page)).toEqual([]);
    expect(await unreadCharts(page)).toEqual([]);
  });

  await test.step('it is taken into the form, and taken back', async () => {
    const [, suggested = ''] = /^Apply (.+)$/.exec(await apply.innerText()) ?? [];
    await apply.click();
    await expect(dialog).toBeHidden();
    await expect(open).toBeFocused();
    const field = window.field('Learning rate');
    await expect(field).not.toHaveValue(before);
    expect(Number(await field.inputValue())).toBeCloseTo(Number(suggested), 8);
    const toast = page.getByRole('group', { name: 'What was done' });
    await toast.getByRole('button', { name: 'Undo' }).click();
    await expect(field).toHaveValue(before);
    await expect(toast).toBeHidden();
  });
  // Nothing of it is saved.
  expect(home.checkpoints()).toEqual([]);
  expect(app.errors).toEqual([]);
});
