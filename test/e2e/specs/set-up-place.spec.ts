import type { Locator, Page } from 'playwright/test';
import { presets } from '../../../shared/presets.ts';
import { seriousViolations } from '../fixtures/axe.ts';
import { prepared } from '../fixtures/settings.ts';
import { expect, test } from '../fixtures/app.ts';

const layersOf = (page: Page): Locator => page.getByRole('listbox', { name: 'Layers' });
const optionsOf = (page: Page): Locator => layersOf(page).getByRole('option');

test('what does not fit is said with its formula, keeps the picture, and is mended by a button', async ({
  home,
  start,
}) => {
  home.writeSettings(prepared(home));
  const { app, window } = await start();
  const { page } = window;
  await window.goTo('Set up');
  await optionsOf(page).filter({ hasText: 'Convolution 3' }).click();
  const card = page.getByRole('region', { name: 'Convolution 3' });
  await card.getByLabel('Padding').selectOption('valid');
  await card.getByLabel('Window').fill('9');
  const problem = page.getByRole('alert');
  await expect(problem).toContainText('Convolution 3 does not fit');
  await expect(window.start).toBeDisabled();
  await expect(card.getByText(/\(7 − 9 \+ 0\) \/ 1 \+ 1 = -?−?1/)).toBeVisible();
  await expect(page.getByRole('img', { name: /Convolution 3 7×7×128/ })).toBeVisible();
  expect(await seriousViolations(page)).toEqual([]);

  await problem.getByRole('button', { name: /Same/ }).click();
  await expect(problem).toBeHidden();
  await expect(window.start).toBeEnabled();
  await expect(card.getByLabel('Padding')).toHaveValue('same');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(problem).toBeVisible();
  expect(app.errors).toEqual([]);
});

test('by keys alone LeNet-5 is built from nothing', async ({ home, start }) => {
  home.writeSettings(prepared(home));
  const { app, window } = await start();
  const { page } = window;
  const { keyboard } = page;
  await window.goTo('Set up');
  const layers = presets['lenet-5']?.().network.layers ?? [];
  expect(layers.length).toBeGreaterThan(5);

  await optionsOf(page).first().focus();
  for (let left = await optionsOf(page).count(); left > 1; left--) await keyboard.press('Delete');
  await expect(optionsOf(page)).toHaveCount(1);
  for (const { type } of layers) {
    await page.getByRole('button', { name: 'Add layer' }).focus();
    await keyboard.press('Enter');
    const item = page.getByRole('menuitem', { name: nameOf(type) });
    await expect(page.getByRole('menuitem').first()).toBeFocused();
    while (!(await item.evaluate((element) => element === document.activeElement)))
      await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await expect(item).toBeHidden();
  }
  await optionsOf(page).first().focus();
  await keyboard.press('Home');
  await keyboard.press('Delete');
  await expect(optionsOf(page)).toHaveCount(layers.length);

  for (const [index, layer] of layers.entries()) {
    await expect(optionsOf(page).nth(index)).toHaveAttribute('aria-selected', 'true');
    for (const [key, value] of Object.entries(layer)) {
      const control = page.locator(`[data-setting="network.layers.${index}.${key}"]`);
      if (key === 'type' || key === 'start') continue;
      if (typeof value === 'boolean') {
        const box = control.getByRole('checkbox');
        if ((await box.isChecked()) !== value) {
          await box.focus();
          await keyboard.press('Space');
        }
      } else if ((await control.getByRole('combobox').count()) > 0) {
        await control.getByRole('combobox').focus();
        const chosen = (): Promise<string> => control.getByRole('combobox').inputValue();
        await keyboard.press('Home');
        while ((await chosen()) !== value) await keyboard.press('ArrowDown');
      } else {
        await control.getByRole('textbox').focus();
        await keyboard.press('Control+A');
        await keyboard.type(Array.isArray(value) ? value.join('x') : String(value));
      }
    }
    await optionsOf(page).nth(index).focus();
    if (index < layers.length - 1) await keyboard.press('ArrowDown');
  }
  await expect(page.getByRole('alert')).toBeHidden();
  await expect(window.start).toBeEnabled();
  await expect(layersOf(page)).toContainText('16 of 5×5');
  // Its weights as LeCun's network has them with full connections between its maps.
  await expect(page.getByText('61,706 weights')).toBeVisible();
  expect(app.errors).toEqual([]);
});

const names: Readonly<Record<string, string>> = {
  'batch-normalization': 'Batch normalization',
  'global-average-pooling': 'Global average pooling',
};
const nameOf = (type: string): RegExp =>
  new RegExp(`^${names[type] ?? type.slice(0, 1).toUpperCase() + type.slice(1)}`);
