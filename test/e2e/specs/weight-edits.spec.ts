import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunConfig } from '../../../shared/config.ts';
import { prepared } from '../fixtures/settings.ts';
import { trainShortRun } from '../fixtures/short-run.ts';
import { expect, test } from '../fixtures/app.ts';
import { seriousViolations } from '../fixtures/axe.ts';

test.setTimeout(180_000);

test('a weight is set by hand by keys alone, changes what is read, is undone, and a run goes on from it on a branch', async ({
  home,
  start,
}) => {
  await trainShortRun(home);
  // As if the app had trained it.
  const record = JSON.parse(readFileSync(join(home.run, 'model.ckpt-16.json'), 'utf8')) as {
    config: RunConfig;
  };
  home.writeSettings({ ...prepared(home), config: record.config });
  const { app, window } = await start();
  const { page, drawing } = window;
  await drawing.drawOne();
  const read = (): Promise<string> =>
    page.getByRole('list', { name: 'Probability of each digit' }).innerText();
  await expect.poll(() => drawing.prediction()).not.toBe('');
  const learned = await read();

  const filters = page.getByRole('listbox', { name: 'First-layer filters' });
  const editor = page.getByRole('dialog', { name: 'Filter 2' });
  await test.step('the filter’s weights are opened and gone through', async () => {
    await filters.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(editor.getByRole('listbox', { name: 'Weights' })).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await expect(editor.getByText('row 2, column 2')).toBeVisible();
    expect(await seriousViolations(page)).toEqual([]);
  });

  let learnedWeight = '';
  const typed = editor.getByLabel('row 2, column 2', { exact: true });
  await test.step('one is set: the reading is another at once, and the same again when it is undone', async () => {
    learnedWeight = await typed.inputValue();
    await typed.fill('40');
    await expect.poll(read).not.toBe(learned);
    await expect(editor).toContainText('One weight is set by hand.');
    await editor.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(read).toBe(learned);
    await expect(typed).toHaveValue(learnedWeight);
    await typed.fill('4e9');
    await expect(editor).toContainText('Enter a number from −1,000 to 1,000.');
    await typed.fill('0.5');
    await typed.press('Enter');
    await page.keyboard.press('Escape');
    await expect(editor).toBeHidden();
    await expect(filters).toBeFocused();
    await expect(page.getByText('1 set by hand')).toBeVisible();
  });

  await test.step('a window that begins anew has the learned weights, as it says', async () => {
    await page.reload();
    await filters.focus();
    await expect(page.getByText('1 set by hand')).toBeHidden();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await expect(typed).toHaveValue(learnedWeight);
    await typed.fill('0.5');
    await typed.press('Enter');
    await page.keyboard.press('Escape');
    await expect(page.getByText('1 set by hand')).toBeVisible();
  });

  await test.step('the run goes on from it, on a branch that says so', async () => {
    await window.goTo('Set up');
    await window.field('Epochs').fill('3');
    await window.goTo('Train');
    await expect(window.resume).toHaveAttribute('title', /a weight set by hand: a branch begins/);
    await window.resume.click();
    await expect(window.phase).toHaveAttribute('data-phase', 'idle', { timeout: 60_000 });
    await expect(page.getByText('1 set by hand')).toBeHidden();
    // In the table of events, which is closed; the newest may be told beside its heading too.
    const told = page.locator('td').getByText(/A weight of filter 2 set by hand: .* → \+0\.500/);
    await expect(told).toBeAttached();
    expect(home.checkpoints()).toEqual([8, 16]);
  });

  await test.step('another branch begins from an earlier checkpoint, with what the form says', async () => {
    await window.goTo('Set up');
    await window.field('Epochs').fill('2');
    await window.field('Batch size').fill('25');
    const differs = page.getByRole('region', { name: /^What differs from the checkpoint/ }).first();
    const begin = differs.getByRole('button', { name: 'Begin a branch there' });
    await window.field('Seed').fill('7');
    await expect(begin).toBeDisabled();
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await differs.getByLabel('Go back to').selectOption({ label: 'step 8 of branch 1' });
    await expect(begin).toBeEnabled();
    expect(await seriousViolations(page)).toEqual([]);
    await begin.click();
    await expect(page.getByText('A run trains with its set-up.')).toBeVisible();
    await expect(window.phase).toHaveAttribute('data-phase', 'idle', { timeout: 60_000 });
    expect(readdirSync(home.run)).toContain('model.branch-3.ckpt-24.index');
  });
  expect(app.errors).toEqual([]);
});
