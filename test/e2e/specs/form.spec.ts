import { availableParallelism } from 'node:os';
import type { Locator } from 'playwright/test';
import { seedRun } from '../../../shared/presets.ts';
import { prepared } from '../fixtures/settings.ts';
import { expect, test } from '../fixtures/app.ts';

test('the form says what is wrong as one types, holds the start back, and is remembered', async ({
  start,
}) => {
  const first = await start();
  const { window } = first;
  await window.goTo('Set up');
  const rate = window.field('Learning rate');
  await rate.fill('0');
  await expect(
    window.page.getByText('The rate must be greater than 0, and at most 100.'),
  ).toBeVisible();
  await expect(rate).toHaveAttribute('aria-invalid', 'true');
  await expect(window.start).toBeDisabled();
  await rate.fill('0.002');
  await expect(
    window.page.getByText('The rate must be greater than 0, and at most 100.'),
  ).toBeHidden();
  await expect(window.start).toBeEnabled();

  await window.field('Epochs').fill('1.5');
  await expect(window.page.getByText('Enter a whole number from 1 to 100,000.')).toBeVisible();
  await window.field('Epochs').fill('3');
  // Saved a moment after the last key.
  await window.page.waitForTimeout(1_000);
  await first.app.quit();

  const second = await start();
  await expect(second.window.field('Epochs')).toHaveValue('3');
  await expect(second.window.field('Learning rate')).toHaveValue('0.002');
});

test('what is opened stays open while a person sets what is in it, wrong and right', async ({
  start,
}) => {
  const { window } = await start();
  await window.goTo('Set up');
  const card = window.page.getByRole('region', { name: 'Training', exact: true });
  await card.getByText('Saving and stopping').click();
  await window.field('Stop at a goal').check();
  const accuracy = window.field('Accuracy to reach');
  await accuracy.fill('2');
  await expect(accuracy).toHaveAttribute('aria-invalid', 'true');
  await accuracy.fill('0.97');
  await expect(accuracy).toBeVisible();
  await expect(window.field('Loss to reach')).toBeVisible();

  await card.getByText(/^More: Decay of the mean square/).click();
  const momentum = window.field('Momentum');
  await momentum.fill('7');
  await expect(momentum).toHaveAttribute('aria-invalid', 'true');
  await momentum.fill('0.7');
  await expect(momentum).not.toHaveAttribute('aria-invalid', 'true');
  await expect(momentum).toBeVisible();
  await expect(accuracy).toBeVisible();
});

test('a saved number that is no longer allowed has its default, and the others are as they were', async ({
  home,
  start,
}) => {
  // As the version before saved them.
  const hyperparameters = { epochs: 3, batchSize: 0, seed: 7, precision: 'float32' };
  home.writeSettings({ ...prepared(home), config: undefined, hyperparameters });
  const first = await start();
  const told = first.window.page.getByText(/not allowed take their defaults: .*batchSize/);
  await expect(told).toBeVisible();
  const check = async ({ window }: typeof first): Promise<void> => {
    await expect(window.folder).toContainText('my run');
    await window.goTo('Set up');
    await expect(window.field('Epochs')).toHaveValue('3');
    await expect(window.field('Batch size')).toHaveValue('128');
    await expect(window.field('Seed')).toHaveValue('7');
    await window.goTo('Train');
  };
  await check(first);
  await first.app.quit();
  const second = await start();
  await check(second);
  await expect(second.window.page.getByText(/not allowed/)).toBeHidden();
});

test('a run that another version saved is taken over, and changes of it are kept', async ({
  home,
  start,
}) => {
  const { optimizer, training, ...rest } = seedRun();
  const { clipNorm, ...others } = optimizer;
  expect(clipNorm).toBeNull();
  const config = { ...rest, optimizer: others, training: { ...training, epochs: 3, later: 1 } };
  home.writeSettings({ ...prepared(home), config });
  const first = await start();
  await first.window.goTo('Set up');
  await expect(first.window.field('Epochs')).toHaveValue('3');
  await first.window.field('Seed').fill('7');
  // Saved a moment after the last key.
  await first.window.page.waitForTimeout(1_000);
  await expect(first.window.page.getByText(/cannot be kept|not allowed/)).toBeHidden();
  await first.app.quit();
  const { window } = await start();
  await expect(window.field('Epochs')).toHaveValue('3');
  await expect(window.field('Seed')).toHaveValue('7');
});

test('a folder dialog that is cancelled changes nothing', async ({ start }) => {
  const { app, window } = await start();
  await app.answerFolderDialog(null);
  await window.chooseFolder();
  await expect(window.folder).toContainText('CNN_ckpt_dir');
  await expect(window.start).toBeEnabled();
  expect(app.errors).toEqual([]);
});

test('fewer threads take effect at once, are kept, and locked while a run trains', async ({
  home,
  start,
}) => {
  test.skip(availableParallelism() === 1, 'one core cannot be fewer');
  home.writeSettings(prepared(home));
  const first = await start();
  const { page } = first.window;
  const threadsIn = async (window: typeof first.window): Promise<Locator> => {
    await window.goTo('Set up');
    const field = window.field('Threads');
    const section = window.page.getByText('Precision, threads and measuring');
    if (!(await field.isVisible())) await section.click();
    return field;
  };
  const field = await threadsIn(first.window);
  await expect(field.getByRole('option', { selected: true })).toHaveText(/^All \d+ cores/);
  await field.focus();
  await page.keyboard.press('ArrowDown');
  await expect(field).toHaveValue('1');
  await expect(field).toBeFocused();
  await first.app.quit();

  const { app, window } = await start();
  await expect(await threadsIn(window)).toHaveValue('1');
  await window.goTo('Train');
  await window.start.click();
  await window.reaches(1, 60_000);
  await expect(window.page.getByText(/, 1 of \d+ threads/)).toBeVisible();
  const locked = await threadsIn(window);
  await expect(locked).toBeDisabled();
  await expect(locked).toHaveAccessibleDescription(/Fixed while the run trains/);
  await window.stop.click();
  await expect(locked).toBeEnabled();
  // The run that was saved is still there to go on with.
  await locked.selectOption('');
  await expect(window.resume).toBeEnabled();
  await window.goTo('Train');
  await window.resume.click();
  await expect(window.page.getByText(/goes on with other arithmetic than before/)).toBeVisible();
  expect(app.errors).toEqual([]);
});
