import { prepared } from '../fixtures/settings.ts';
import { expect, test } from '../fixtures/app.ts';
import { trainInTerminal } from '../runner/terminal.ts';

test.setTimeout(300_000);

/** Most of the images: an epoch is short, and its validation long enough to be watched. */
const VALIDATION = 45_000;

test('the status bar goes on through a validation: how far it is, the time left, and the bar', async ({
  home,
  start,
}) => {
  const run = ['--precision', 'float32', '--validation-size', String(VALIDATION)];
  await trainInTerminal(...run, '--max-steps', '112', '--checkpoint-dir', home.run);
  const settings = prepared(home);
  const data = { ...settings.config.data, validationSize: VALIDATION };
  home.writeSettings({ ...settings, config: { ...settings.config, data } });
  const { app, window } = await start();
  await window.resume.click();
  const { page } = window;
  /** Waits for it by the frame: a validation may take no longer than some of them. */
  const seen = (pattern: string): Promise<unknown> =>
    page.waitForFunction((source) => new RegExp(source).exec(document.body.innerText), pattern, {
      timeout: 120_000,
    });
  await seen('validation: [\\d,]+ of 45,000 examples');
  const bar = page.getByRole('progressbar', { name: 'Progress of the run' });
  await expect(bar).toHaveAttribute('aria-valuetext', /^\d+ %, .* left$/);
  // Of the next epoch.
  await window.reaches(123, 120_000);
  await expect(bar).toHaveAttribute('aria-valuetext', /^1\d %, .* left$/);
  expect(app.errors).toEqual([]);
  await window.stop.click();
  await expect(window.resume).toBeVisible({ timeout: 60_000 });
  await expect(bar).toHaveAttribute('aria-valuetext', /^1\d %$/);
});
