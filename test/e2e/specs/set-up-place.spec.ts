import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright/test';
import { presets } from '../../../shared/presets.ts';
import { seriousViolations } from '../fixtures/axe.ts';
import { unreadCharts } from '../fixtures/readings.ts';
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
  // As it was before the window, with no padding.
  await expect(page.getByRole('application', { name: /Convolution 3 5×5×128/ })).toBeVisible();
  expect(await seriousViolations(page)).toEqual([]);
  expect(await unreadCharts(page)).toEqual([]);

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
    for (const [key, value] of Object.entries<unknown>(layer)) {
      if (key === 'type' || key === 'start') continue;
      const path = `network.layers.${index}.${key}`;
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        await setByKeys(page, path, value);
      else {
        await setByKeys(page, path, 'by side');
        for (const [side, zeros] of Object.entries(value))
          await setByKeys(page, `${path}.${side}`, zeros);
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

/** Sets one setting with the keys that its kind of control has. */
async function setByKeys(page: Page, path: string, value: unknown): Promise<void> {
  const { keyboard } = page;
  const control = page.locator(`[data-setting="${path}"]`);
  const [box, list] = [control.getByRole('checkbox'), control.getByRole('combobox')];
  if (typeof value === 'boolean') {
    await box.focus();
    if ((await box.isChecked()) !== value) await keyboard.press('Space');
  } else if ((await list.count()) > 0) {
    await list.focus();
    await keyboard.press('Home');
    const choices = await list.getByRole('option').count();
    for (let k = 0; k < choices && (await list.inputValue()) !== value; k++)
      await keyboard.press('ArrowDown');
    await expect(list).toHaveValue(String(value));
  } else {
    await control.getByRole('textbox').focus();
    await keyboard.press('Control+A');
    await keyboard.type(Array.isArray(value) ? value.join('x') : String(value));
  }
}

const names: Readonly<Record<string, string>> = {
  'batch-normalization': 'Batch normalization',
  'global-average-pooling': 'Global average pooling',
};
const nameOf = (type: string): RegExp =>
  new RegExp(`^${names[type] ?? type.slice(0, 1).toUpperCase() + type.slice(1)}`);

test('the drawn volumes are saved as SVG and as PNG, to scale', async ({ home, start }) => {
  const { app, window } = await start();
  const { page } = window;
  await window.goTo('Set up');
  const saved = (format: string): string => join(home.path, `volumes.${format}`);
  for (const format of ['svg', 'png']) {
    await app.answerSaveDialog(saved(format));
    await page.getByRole('button', { name: `Save the picture as ${format.toUpperCase()}` }).click();
    await expect(page.getByText(`The picture is saved as ${saved(format)}.`)).toBeVisible();
  }
  const svg = readFileSync(saved('svg'), 'utf8');
  const texts = [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
  expect(texts).toEqual(expect.arrayContaining(['28×28×1', '28×28×32', '4×4×128', '625', '10']));
  const png = readFileSync(saved('png'));
  expect(png.toString('latin1', 1, 4)).toBe('PNG');
  // Three pixels a point, so that it can be printed.
  expect(png.readUInt32BE(16)).toBeGreaterThan(2000);
  expect(app.errors).toEqual([]);
});
