import { expect, test } from '../fixtures/app.ts';
import { seriousViolations } from '../fixtures/axe.ts';
import { unreadCharts } from '../fixtures/readings.ts';

test('the later pages of Learn: real experiments, and gradients that are the engine’s', async ({
  home,
  start,
}) => {
  const { app, window } = await start();
  const { page } = window;
  await window.goTo('Learn');
  const sections = page.getByRole('navigation', { name: 'Sections' });
  const open = async (title: string | RegExp): Promise<void> => {
    await sections.getByRole('button', { name: title }).click();
    await expect(page.locator('#section-heading')).toHaveText(title);
  };
  const card = page.getByTestId('experiment');
  const seen = page.getByTestId('experiment-seen');

  await test.step('ReLU: one value and a real map follow the function', async () => {
    await open(/ReLU and its rivals/);
    const values = page.getByTestId('relu-values');
    await page.getByRole('combobox', { name: 'Function' }).selectOption('sigmoid');
    await page.getByLabel('One input value').fill('0');
    await expect(values).toHaveText(/out\s*0.5\s*slope\s*0.25/);
    await page.getByLabel('One input value').press('ArrowRight');
    await expect(values).toHaveText(/in\s*0.1/);
    await expect(page.getByRole('img', { name: /^What Sigmoid gives, 28 by 28/ })).toBeVisible();
  });

  await test.step('an experiment trains both networks and says what it saw', async () => {
    await card.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(seen).toContainText('After 300 steps', { timeout: 60_000 });
    await expect(seen).toContainText('Seen in this run, as usual.');
    await expect(seen).toContainText('vanished');
    await expect(
      card.getByRole('application', { name: /^Norm of the gradient with sigmoid at step 300/ }),
    ).toBeVisible();
    await expect(card.getByRole('row', { name: /^sigmoid/ })).toContainText('29,018');
    expect(await seriousViolations(page)).toEqual([]);
    expect(await unreadCharts(page)).toEqual([]);
  });

  await test.step('pooling: each kind sends the gradient another way; an experiment is stopped', async () => {
    await open(/Pooling/);
    const rows = page.getByTestId('pooling-window').locator('tbody tr');
    const shares = async (): Promise<number[]> =>
      (await rows.locator('td:last-child').allInnerTexts()).slice(0, 4).map(Number);
    await expect.poll(shares).toContain(1);
    expect((await shares()).toSorted()).toEqual([0, 0, 0, 1]);
    await page.getByRole('radio', { name: 'average' }).check({ force: true });
    await expect.poll(shares).toEqual([0.25, 0.25, 0.25, 0.25]);
    const maximum = page.getByRole('application', { name: /^maximum, row/ });
    await maximum.focus();
    const before = await maximum.getAttribute('aria-label');
    await page.keyboard.press('ArrowDown');
    await expect(maximum).not.toHaveAttribute('aria-label', before ?? '');
    await card.getByRole('button', { name: /^Experiment 1 of 2/ }).click();
    await page.getByRole('radio', { name: 'Pooling against none' }).check({ force: true });
    await card.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(card.getByRole('application', { name: /^Loss at step/ })).toBeVisible({
      timeout: 60_000,
    });
    await card.getByRole('button', { name: 'Stop' }).click();
    await expect(seen).toHaveText(/^Stopped\. Stopped after \d+ steps?: nothing is concluded\.$/);
  });

  await test.step('dense: the contributions add up to the engine’s score', async () => {
    await open(/Dense layers/);
    const sum = page.getByTestId('dense-sum');
    await expect(sum).toBeVisible();
    const [own, engine] = (await sum.locator('strong').allInnerTexts()).slice(-2);
    expect(own).toBe(engine);
    expect(own).not.toBe('0.000');
  });

  await test.step('back-propagation: by the rules and by the engine, down to one shared weight', async () => {
    await open(/Back-propagation/);
    await page.getByRole('combobox', { name: 'It is truly a' }).selectOption({ label: '8' });
    const equal = page.getByTestId('way-equal').locator('strong');
    await expect(equal).toHaveText(/·10⁻[⁶⁷⁸]$/);
    const slider = page.getByLabel('Steps back from the loss');
    await slider.focus();
    await page.keyboard.press('End');
    await expect(page.getByRole('heading', { name: 'Convolution 1' })).toBeVisible();
    await page.getByRole('radio', { name: 'one shared weight' }).check({ force: true });
    const kernel = page.getByRole('application', {
      name: /^The kernel’s gradient, row 1, column 1/,
    });
    await kernel.focus();
    await page.keyboard.press('ArrowRight');
    const [own, engine] = await page.getByTestId('shared-sum').locator('strong').allInnerTexts();
    expect(own).toBe(engine);
    expect(own).not.toBe('0');
    expect(await seriousViolations(page)).toEqual([]);
    expect(await unreadCharts(page)).toEqual([]);
  });
  expect(home.checkpoints()).toEqual([]);
  expect(app.errors).toEqual([]);
});
