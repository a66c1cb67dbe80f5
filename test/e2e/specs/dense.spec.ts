import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { presets } from '../../../shared/presets.ts';
import { prepared } from '../fixtures/settings.ts';
import { expect, test } from '../fixtures/app.ts';
import { trainInTerminal } from '../runner/terminal.ts';

const start = { type: 'he' } as const;

test.setTimeout(150_000);

test('a network without convolution that the terminal has trained reads digits, and has no filters to wait for', async ({
  home,
  start: startApp,
}, info) => {
  const run = presets['dense-only']!();
  const config = join(home.path, 'dense.json');
  const layers = [
    { type: 'flatten' },
    { type: 'dense', units: 64, bias: true, activation: 'relu', start },
    { type: 'dense', units: 10, bias: true, activation: 'none', start },
  ];
  const training = { ...run.training, epochs: 1, precision: 'float32' };
  writeFileSync(config, JSON.stringify({ ...run, network: { name: 'dense', layers }, training }));
  await trainInTerminal('--config', config, '--checkpoint-dir', home.run);

  home.writeSettings(prepared(home));
  const { app, window } = await startApp();
  await expect(window.resume).toBeVisible();
  await expect(window.page.getByText('This network has no convolution')).toBeVisible();
  await expect(window.page.getByText('once there is a network')).toBeHidden();
  await window.drawing.drawOne();
  await expect.poll(() => window.drawing.prediction()).toBe('1');
  await window.drawing.clear.click();
  await window.drawing.drawZero();
  await expect.poll(() => window.drawing.prediction()).toBe('0');
  await window.page.screenshot({ path: info.outputPath('dense.png') });
  expect(app.errors).toEqual([]);
});
