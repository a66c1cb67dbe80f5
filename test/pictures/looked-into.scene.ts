import { trainInTerminal } from '../e2e/runner/terminal.ts';
import { prepared } from '../e2e/fixtures/settings.ts';
import { expect, test } from './scene.ts';
import { BesideCurves } from '../e2e/pages/beside-curves.ts';
import { FiltersCard } from '../e2e/pages/filters-card.ts';
import { LayerHealthCard } from '../e2e/pages/layer-health-card.ts';
import { MistakesPage } from '../e2e/pages/mistakes-page.ts';
import { RunsPage } from '../e2e/pages/runs-page.ts';
import { Photographer } from './photographer.ts';

/** Epochs of the default network: the curves bend, and there is something to compare. */
const EPOCHS = '2';

test('a run that is looked into', async ({ home, start }) => {
  await trainInTerminal(
    ...['--checkpoint-dir', home.run, '--precision', 'float32', '--epochs', EPOCHS],
    ...['--save-every-steps', '100', '--seed', '1'],
  );
  home.writeSettings(prepared(home));
  const { app, window } = await start();
  const { page } = window;
  const camera = new Photographer(app);

  const beside = new BesideCurves(page);
  await beside.addNote.click();
  await beside.writeNote('Here the loss has nearly settled', 300);
  await beside.openEvents();
  await page.getByTestId('curve').first().focus();
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await camera.take('train-zoomed');
  await page.keyboard.press('0');

  const filters = new FiltersCard(page);
  await filters.choose('Change');
  await filters.slider.press('Home');
  await camera.take('train-film');

  const health = new LayerHealthCard(page);
  await health.openCurves();
  await camera.take('health-curves');
  await health.choose('Histograms');
  await expect(health.histogram(/^Convolution 1: /)).toBeVisible();
  await camera.take('health-histograms');
  await health.close();

  await window.goTo('Mistakes');
  const mistakes = new MistakesPage(page);
  await mistakes.imagesThere();
  await mistakes.compareWith('530');
  await mistakes.images.first().click();
  await camera.take('mistakes-compared');
  await page.getByText('Reliability', { exact: true }).click();
  await expect(page.getByTestId('temperature')).toBeVisible();
  await camera.take('mistakes-reliability');

  await window.goTo('Runs');
  const runs = new RunsPage(page);
  await runs.select(860);
  await runs.compareFrom.click();
  await runs.select(530);
  await expect(runs.comparison).toBeVisible();
  await camera.take('runs-compared');
});
