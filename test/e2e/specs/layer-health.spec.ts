import { join } from 'node:path';
import { seedRun } from '../../../shared/presets.ts';
import type { RunConfig } from '../../../shared/config.ts';
import { convolution, dense, flatten } from '../../support/networks.ts';
import { expect, test } from '../fixtures/app.ts';
import { seriousViolations } from '../fixtures/axe.ts';
import { unreadCharts } from '../fixtures/readings.ts';
import { idxFolder } from '../fixtures/idx-folder.ts';
import { prepared } from '../fixtures/settings.ts';
import { LayerHealthCard } from '../pages/layer-health-card.ts';
import type { Home } from '../runner/home.ts';

test.setTimeout(180_000);

/** Far too high a rate, which kills ReLUs, for as long as a test looks. */
function killingRun(home: Home): RunConfig {
  const run = seedRun();
  const he = { type: 'he' } as const;
  return {
    ...run,
    network: {
      name: 'small',
      layers: [
        convolution({ filters: 4, stride: [2, 2], activation: 'relu', start: he }),
        flatten,
        dense(16, { activation: 'relu', start: he }),
        dense(10, { start: { type: 'glorot' } }),
      ],
    },
    optimizer: {
      ...run.optimizer,
      rule: { type: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      learningRate: 1,
    },
    data: {
      ...run.data,
      dataset: idxFolder(join(home.path, 'digits')),
      batchSize: 50,
      validationSize: 200,
    },
    training: { ...run.training, epochs: 100_000, precision: 'float32', diagnosticsEvery: 10 },
  };
}

test('a person sees that units die, halves the rate, looks at curves and histograms, and has training measured as validation is', async ({
  home,
  start,
}) => {
  home.writeSettings({ ...prepared(home), config: killingRun(home) });
  const { app, window } = await start();
  const { page } = window;
  const health = new LayerHealthCard(page);
  await expect(page.getByText('Here you will see, layer by layer')).toBeVisible();
  await window.start.click();
  await expect(health.rows).toHaveCount(3, { timeout: 60_000 });
  await expect(health.verdict).toContainText(/units of .* are dead/, { timeout: 30_000 });
  await health.verdict.getByRole('button', { name: 'Halve the rate' }).click();
  await expect(window.field('Learning rate')).toHaveValue('0.5');

  await health.measured.check();
  const measured = page.getByRole('region', { name: 'Training, measured as validation is' });
  await expect(measured).toContainText(/After epoch \d.* on 200 training images: loss/, {
    timeout: 30_000,
  });
  await window.pause.click();
  await expect(window.resume).toBeVisible();

  await health.openCurves();
  await expect(health.figure(/^Gradient norm of 3 layers at step .* Dense 2 /)).toBeVisible();
  await health.choose('Dead units');
  await expect(health.figure(/^Dead units of 2 layers/)).toBeVisible();
  await health.dialog.getByText('As a table').click();
  const rows = await health.table.locator('tbody tr').count();
  expect(rows).toBeGreaterThan(2);
  const slider = health.dialog.getByRole('slider');
  await slider.focus();
  await slider.press('Home');
  await expect(health.figure(/at step 1:/)).toBeVisible();
  await health.choose('Histograms');
  await expect(health.histogram(/^Convolution 1: from −.* to /)).toBeVisible();
  await health.choose('Outputs');
  await expect(
    health.dialog.getByText('What each layer gives for the first 64 validation images'),
  ).toBeVisible();
  await expect(health.histogram(/^Dense 1: .* are exactly 0/)).toBeVisible();
  expect(await seriousViolations(page)).toEqual([]);
  expect(await unreadCharts(page)).toEqual([]);
  await health.close();

  const before = await health.rows.allTextContents();
  await page.reload();
  await expect(health.rows).toHaveText(before);
  await expect(health.measured).toBeChecked();
  await expect(measured).toContainText('After epoch');
  expect(await seriousViolations(page)).toEqual([]);
  expect(await unreadCharts(page)).toEqual([]);
  expect(app.errors).toEqual([]);
});
