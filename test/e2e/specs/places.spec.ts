import { expect, test } from '../fixtures/app.ts';
import { seriousViolations } from '../fixtures/axe.ts';

test('each place is reached by its button, its key and its name, and come back to', async ({
  start,
}) => {
  const first = await start();
  const { app, window } = first;
  const { page } = window;
  for (const place of ['Set up', 'Draw', 'Mistakes', 'Runs', 'Learn', 'Train'] as const) {
    await window.goTo(place);
    await expect(page.getByRole('main')).toHaveCount(1);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    expect(await seriousViolations(page), place).toEqual([]);
  }
  await app.clickMenuItem('go-to-runs');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Runs');

  await app.clickMenuItem('show-commands');
  const palette = page.getByRole('dialog', { name: 'All commands' });
  await palette.getByLabel('Search for a command').fill('trained');
  await page.keyboard.press('Enter');
  await expect(palette).toBeHidden();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Set up');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Set up');
  expect(app.errors).toEqual([]);
  await app.quit();

  const second = await start();
  await expect(second.window.page.getByRole('heading', { level: 1 })).toHaveText('Set up');
});

test('the sheet of keys is opened by one of them, and the focus comes back', async ({ start }) => {
  const { window } = await start();
  const { page } = window;
  const keys = page.getByRole('button', { name: 'Keyboard shortcuts' });
  await keys.focus();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet.getByRole('row', { name: /Undo stroke/ })).toContainText('Ctrl+Z');
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(keys).toBeFocused();
});

test('what was set back is undone by the toast', async ({ start }) => {
  const { window } = await start();
  await window.goTo('Set up');
  await window.field('Epochs').fill('7');
  await window.page.getByRole('button', { name: 'Reset to the preset’s values' }).click();
  await expect(window.field('Epochs')).toHaveValue('10');
  await window.page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect(window.field('Epochs')).toHaveValue('7');
});

test('a window of half its width has its places in a row, and scrolls down only', async ({
  start,
}) => {
  const { app, window } = await start();
  await app.electron.evaluate(({ BrowserWindow }) => {
    for (const one of BrowserWindow.getAllWindows()) one.webContents.setZoomFactor(2);
  });
  for (const place of ['Train', 'Set up', 'Draw', 'Mistakes', 'Runs'] as const) {
    await window.goTo(place);
    const isWide = await window.page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
    expect(isWide, place).toBe(false);
  }
});
