import { join } from 'node:path';
import { expect, test } from '../fixtures/app.ts';
import { idxFolder } from '../fixtures/idx-folder.ts';
import { prepared } from '../fixtures/settings.ts';
import { trainQuickly } from '../runner/terminal.ts';

test.setTimeout(300_000);

test('a network that learned other-looking digits reads what is drawn upright in white', async ({
  home,
  start,
}) => {
  await trainQuickly(home.run, '--max-steps', '600', '--transpose', '--invert');
  home.writeSettings(prepared(home));
  const { app, window } = await start();
  await window.drawing.drawOne();
  await expect.poll(() => window.drawing.prediction()).toBe('1');
  await window.drawing.clear.click();
  await window.drawing.drawZero();
  await expect.poll(() => window.drawing.prediction()).toBe('0');
  expect(app.errors).toEqual([]);
});

test('a network of images of another size is asked about drawings of that size', async ({
  home,
  start,
}) => {
  const data = [
    '--dataset',
    idxFolder(join(home.path, 'wide'), { height: 14, width: 56 }),
    '--validation-size',
    '100',
  ];
  await trainQuickly(home.run, ...data, '--batch-size', '50', '--max-steps', '3');
  home.writeSettings(prepared(home));
  const { app, window } = await start();
  const said = window.page.getByTestId('prediction');
  await expect(said).toHaveText('Draw a digit from 0 to 9');
  await window.drawing.drawOne();
  // After three steps it need not be right.
  await expect(said).toHaveText(/^Read as \d/);
  expect(await said.evaluate((line) => line.scrollWidth <= line.clientWidth)).toBe(true);
  await expect(window.failure).toHaveCount(0);
  await expect(window.page.getByText('This network was trained on')).toHaveCount(0);
  expect(app.errors).toEqual([]);
});
