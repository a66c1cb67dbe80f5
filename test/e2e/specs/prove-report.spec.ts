import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seriousViolations } from '../fixtures/axe.ts';
import { expect, test } from '../fixtures/app.ts';
import { idxFolder } from '../fixtures/idx-folder.ts';
import { prepared } from '../fixtures/settings.ts';
import { trainShortRun } from '../fixtures/short-run.ts';
import { ProofPanel } from '../pages/proof-panel.ts';
import { RunsPage } from '../pages/runs-page.ts';
import { trainInTerminal } from '../runner/terminal.ts';

test.setTimeout(240_000);

test('a checkpoint is proven, the proof outlives a reload, and a report has its fingerprint', async ({
  home,
  start,
}) => {
  await trainShortRun(home);
  const { app, window } = await start();
  const { page } = window;
  await window.goTo('Runs');
  const panel = new ProofPanel(page);
  await panel.prove.click();
  await expect(panel.verdict).toContainText('Proven.', { timeout: 60_000 });
  const fingerprint = await panel.fingerprint('As saved');
  expect(fingerprint).toMatch(/^[\da-f]{64}$/);
  expect(await panel.fingerprint('Trained again')).toBe(fingerprint);
  expect(await seriousViolations(page)).toEqual([]);
  await page.reload();
  await expect(panel.verdict).toContainText('Proven.');
  await panel.dismiss.click();
  await expect(page.getByRole('heading', { name: 'Prove it' })).toBeVisible();

  for (const [name, format] of [
    ['Report as HTML…', 'html'],
    ['As PDF…', 'pdf'],
  ] as const) {
    const path = join(home.path, `report.${format}`);
    await app.answerSaveDialog(path);
    await page.getByRole('button', { name }).click();
    const told = page.getByRole('group', { name: 'What was done' });
    await expect(told).toContainText(path, { timeout: 60_000 });
    await expect(told.getByRole('button', { name: 'Show' })).toBeVisible();
    const bytes = readFileSync(path, 'latin1');
    expect(bytes.slice(0, 5)).toBe(format === 'pdf' ? '%PDF-' : '<!doc');
    expect(bytes.includes(format === 'pdf' ? '%%EOF' : fingerprint)).toBe(true);
    if (format === 'html') expect(bytes).toContain('<img src="data:image/png;base64,');
  }
  // Of the checkpoint that is selected, with what the Mistakes place would show of it.
  await new RunsPage(page).select(8);
  const earlier = join(home.path, 'earlier.html');
  await app.answerSaveDialog(earlier);
  await page.getByRole('button', { name: 'Report as HTML…' }).click();
  await expect.poll(() => existsSync(earlier), { timeout: 60_000 }).toBe(true);
  expect(readFileSync(earlier, 'utf8')).toMatch(
    /report of model\.ckpt-8\.[^]*of 200 validation images are read wrong/,
  );
  expect(app.errors).toEqual([]);
});

test('while a checkpoint is proven no run begins; it is stopped at the top', async ({
  home,
  start,
}) => {
  // Long enough to be stopped: 480 steps.
  const data = ['--dataset', idxFolder(join(home.path, 'digits')), '--batch-size', '50'];
  const long = ['--preset', 'small-and-fast', '--precision', 'float32', '--epochs', '40'];
  const plain = ['--validation-size', '0'];
  await trainInTerminal('--checkpoint-dir', home.run, ...long, ...data, ...plain);
  home.writeSettings(prepared(home));
  const { app, window } = await start();
  await window.goTo('Runs');
  const panel = new ProofPanel(window.page);
  await panel.fromStart.click();
  await expect(window.phase).toHaveText('Proving');
  await expect(window.page.getByRole('button', { name: /^(Resume|Start)/ })).toBeDisabled();
  expect(await app.isMenuItemEnabled('stop')).toBe(true);
  expect(await app.isMenuItemEnabled('choose-folder')).toBe(false);
  await window.stop.click();
  await expect(panel.verdict).toContainText('Stopped: nothing was proven.');
  await expect(window.phase).toHaveText('Ready');
  expect(await app.isMenuItemEnabled('stop')).toBe(false);
  expect(await app.isMenuItemEnabled('choose-folder')).toBe(true);
  expect(app.errors).toEqual([]);
});
