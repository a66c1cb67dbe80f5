import type { RunningApp } from '../runner/running-app.ts';
import { expect, test } from '../fixtures/app.ts';

/** Which of our own menu items can be used. */
const enabledItems = (app: RunningApp): Promise<string[]> =>
  app.electron.evaluate(({ Menu }) =>
    (Menu.getApplicationMenu()?.items ?? [])
      .flatMap(({ submenu }) => submenu?.items ?? [])
      .filter(({ id, enabled }) => /-|^stop$/.test(id) && enabled)
      .map(({ id }) => id)
      // Those of the frame can be used always.
      .filter((id) => !/^(go-to|show)-/.test(id)),
  );

test('a digit is drawn, taken back and cleared by keys alone', async ({ start }) => {
  const { app, window } = await start();
  const { page, drawing } = window;
  await drawing.canvas.focus();
  for (let k = 0; k < 8; k++) await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Space');
  for (let k = 0; k < 3; k++) await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Enter');
  await expect(drawing.preview).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(drawing.preview).toBeHidden();
  await page.keyboard.press('Control+z');
  await expect(drawing.preview).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(drawing.undo).toBeDisabled();
  await expect(window.phase).toHaveAttribute('data-phase', 'idle');
  expect(app.errors).toEqual([]);
});

test('tips name the system’s keys, and screen readers are told them', async ({ start }) => {
  test.skip(process.platform === 'darwin', 'The keys of Linux and Windows are asked for.');
  const { window } = await start();
  const { drawing } = window;
  await expect(drawing.undo).toHaveAttribute('title', 'Undo stroke (Ctrl+Z)');
  await expect(drawing.undo).toHaveAttribute('aria-keyshortcuts', 'Control+Z');
  await expect(window.start).toHaveAttribute('title', 'Space bar or Ctrl+Enter');
  await expect(window.stop).toHaveAttribute('title', /\(Ctrl\+\.\)$/);
  await expect(drawing.canvas).toHaveAccessibleDescription(/Space bar or Enter: Put the pen down/);
});

test('menu and keys do what can be done now, and nothing in a text or on a button', async ({
  start,
}) => {
  const { app, window } = await start();
  const { page } = window;
  await expect(window.start).toBeEnabled();
  const [data, folder] = ['choose-data', 'reveal-folder'];
  expect(await enabledItems(app)).toEqual(['choose-folder', folder, 'start-or-pause', data]);

  await window.goTo('Set up');
  await window.field('Epochs').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Space');
  await window.goTo('Train');
  await window.drawing.canvas.focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Space');
  await expect(window.phase).toHaveAttribute('data-phase', 'idle');
  await window.drawing.canvas.blur();

  await page.keyboard.press('Space');
  await window.reaches(1, 60_000);
  await expect.poll(() => enabledItems(app)).toEqual([folder, 'start-or-pause', 'stop', data]);
  await app.clickMenuItem('start-or-pause');
  await expect(window.resume).toBeVisible();
  await app.clickMenuItem('stop');
  await expect(window.phase).toHaveAttribute('data-phase', 'idle');
  expect(await enabledItems(app)).toEqual(['choose-folder', folder, 'start-or-pause', data]);
  expect(app.errors).toEqual([]);
});
