import { trainInTerminal } from '../e2e/runner/terminal.ts';
import { prepared } from '../e2e/fixtures/settings.ts';
import { expect, test } from './scene.ts';
import { Photographer } from './photographer.ts';

test('a trained network', async ({ home, start }) => {
  await trainInTerminal(
    ...['--checkpoint-dir', home.run, '--precision', 'float32', '--epochs', '1'],
    ...['--save-every-steps', '100', '--seed', '1'],
  );
  home.writeSettings(prepared(home));
  const { app, window } = await start();
  const { page, drawing } = window;
  const camera = new Photographer(app);
  await drawing.drawOne();
  await expect.poll(() => drawing.prediction()).not.toBe('');
  await camera.take('train-trained');
  await page
    .getByRole('option', { name: /^Filter 1/ })
    .first()
    .click();
  await page.getByRole('slider', { name: 'row 1, column 1, slider' }).press('End');
  await camera.take('train-weight-by-hand');
  await page.keyboard.press('Escape');

  await window.goTo('Draw');
  await expect(page.getByRole('img', { name: /^Grad-CAM over the drawing/ })).toBeVisible();
  await camera.take('draw-trained');
  await window.goTo('Mistakes');
  await camera.take('mistakes-trained');
  await window.goTo('Runs');
  await camera.take('runs-trained');
  await window.goTo('Set up');
  await window.field('Learning rate').fill('0.01');
  await camera.take('setup-differs');
});

test('a run', async ({ home, start }) => {
  home.writeSettings(prepared(home));
  const { app, window } = await start();
  const { page } = window;
  const camera = new Photographer(app);
  await window.start.click();
  await window.reaches(30, 120_000);
  await camera.take('train-training');
  await window.goTo('Set up');
  await camera.take('setup-locked');
  await window.goTo('Train');
  await window.pause.click();
  await expect(window.phase).toHaveAttribute('data-phase', 'paused');
  await camera.take('train-paused');
  await window.resume.click();
  await expect(window.phase).toHaveAttribute('data-phase', 'training');
  const trainer = await app.trainerPid();
  process.kill(trainer!, 'SIGKILL');
  await expect(page.getByRole('alert')).toBeVisible();
  await camera.take('train-crashed');
});
