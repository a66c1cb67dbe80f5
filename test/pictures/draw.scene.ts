import { join } from 'node:path';
import { colourFolder } from '../e2e/fixtures/colour-folder.ts';
import { keptDigits } from '../e2e/fixtures/kept-digits.ts';
import { prepared } from '../e2e/fixtures/settings.ts';
import { expect, test } from './scene.ts';
import { DrawPlace } from '../e2e/pages/draw-place.ts';
import { trainInTerminal } from '../e2e/runner/terminal.ts';
import { Photographer } from './photographer.ts';

test('Draw without a network', async ({ start }) => {
  const { app, window } = await start();
  await window.goTo('Draw');
  await window.drawing.drawZero();
  await new Photographer(app).take('draw-no-network');
});

test('Draw', async ({ home, start }) => {
  await trainInTerminal(
    ...['--checkpoint-dir', home.run, '--precision', 'float32', '--max-steps', '300'],
    ...['--save-every-steps', '60', '--seed', '1'],
  );
  const ownDrawings = keptDigits(join(home.path, 'my drawings'), 120);
  home.writeSettings({ ...prepared(home), ownDrawings });
  const { app, window } = await start();
  const { page, drawing } = window;
  const camera = new Photographer(app);
  await window.goTo('Draw');
  const draw = new DrawPlace(page);
  await camera.take('draw-empty');

  await drawing.drawZero();
  await page.getByRole('application', { name: /^Convolution 1/ }).focus();
  for (let move = 0; move < 7; move++) await page.keyboard.press('ArrowDown');
  for (let move = 0; move < 12; move++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const exciting = page.getByRole('region', { name: /^What excites Convolution 1/ });
  await expect(exciting.getByRole('img')).toHaveCount(9);
  await camera.take('draw-maps');

  await page.getByRole('combobox', { name: 'Compare with step' }).selectOption({ index: 4 });
  const second = page.getByRole('region', { name: 'Two checkpoints' });
  await expect(second.getByRole('img', { name: /^Channel 1: changed by/ })).toBeVisible();
  await camera.take('draw-two-checkpoints');
  await page.getByRole('combobox', { name: 'Compare with step' }).selectOption({ index: 0 });

  await drawing.clear.click();
  for (const x of [0.15, 0.5, 0.85]) await drawing.drawZero(0.6, x);
  await expect(draw.symbols.first()).toHaveAccessibleName(/%/);
  await draw.step('Scale').uncheck();
  await camera.take('draw-symbols');
  await draw.steps.getByRole('button', { name: 'Reset the steps' }).click();

  await draw.chooseFile('one.png', await draw.pictureOfOne());
  await draw.really('1', false).click();
  await expect(draw.really('1', true)).toBeVisible();
  await camera.take('draw-picture-kept');
  await page.getByRole('button', { name: /^kept: / }).click();
  await page
    .getByRole('button', { name: /^0, kept/ })
    .first()
    .click();
  await camera.take('draw-own');
});

test('Draw with a network of colour pictures', async ({ home, start }) => {
  const data = ['--dataset', colourFolder(join(home.path, 'shapes'), 60), '--batch-size', '20'];
  await trainInTerminal(
    ...['--checkpoint-dir', home.run, '--preset', 'cifar', '--precision', 'float32', ...data],
    ...['--max-steps', '40', '--validation-size', '20'],
  );
  home.writeSettings(prepared(home));
  const { app, window } = await start();
  const camera = new Photographer(app);
  await window.goTo('Draw');
  await camera.take('draw-colour-empty');
  const draw = new DrawPlace(window.page);
  await draw.another.click();
  await expect(draw.told).toBeVisible();
  await expect(window.page.getByRole('img', { name: /^Grad-CAM over/ })).toBeVisible();
  await camera.take('draw-colour');
});
