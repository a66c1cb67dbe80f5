import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures/app.ts';
import { seriousViolations } from '../fixtures/axe.ts';
import { unreadCharts } from '../fixtures/readings.ts';
import { trainShortRun, VALIDATED } from '../fixtures/short-run.ts';
import { MistakesPage } from '../pages/mistakes-page.ts';

test.setTimeout(240_000);

test('a person sees what is taken for what at each checkpoint, and which classes are found least', async ({
  home,
  start,
}) => {
  await trainShortRun(home);
  const { app, window } = await start();
  const { page } = window;
  await window.goTo('Mistakes');
  const mistakes = new MistakesPage(page);
  await expect(mistakes.sentence).toContainText(`of ${VALIDATED} validation images are right; `);

  await expect(mistakes.cells).toHaveCount(100);
  const sum = async (): Promise<number> => (await mistakes.counts()).reduce((a, b) => a + b);
  expect(await sum()).toBe(VALIDATED);
  const newest = await mistakes.counts();
  await mistakes.step.selectOption({ label: '8' });
  await mistakes.imagesThere();
  expect(await mistakes.counts()).not.toEqual(newest);
  expect(await sum()).toBe(VALIDATED);
  await page.getByText('% of row').click();
  // Each row that holds anything sums to 100 per cent, but for rounding.
  expect(Math.abs((await sum()) - 1_000)).toBeLessThan(10);

  const recalls = page.getByRole('region', { name: 'Each class’s numbers' }).locator('tbody');
  const sorted = async (): Promise<number[]> =>
    (await recalls.locator('td:nth-child(3)').allInnerTexts()).map(parseFloat);
  const recall = page.getByRole('columnheader', { name: 'Recall' });
  await expect(recall).toHaveAttribute('aria-sort', 'ascending');
  expect(await sorted()).toEqual((await sorted()).toSorted((a, b) => a - b));
  await recall.getByRole('button').press('Enter');
  await expect(recall).toHaveAttribute('aria-sort', 'descending');
  expect(await sorted()).toEqual((await sorted()).toSorted((a, b) => b - a));

  await page.getByText('Reliability', { exact: true }).click();
  await expect(page.getByTestId('reliability')).toContainText('expected calibration error');
  const diagram = page.getByRole('figure').filter({ has: page.getByTestId('temperature') });
  await expect(diagram).toContainText(
    /T = \d+\.\d\d: the network .*; after scaling the expected calibration error (falls|rises|stays)/,
  );
  await expect(diagram).toContainText(`these same ${VALIDATED} validation images`);
  await expect(
    diagram.getByRole('application', { name: /^Reliability diagram: .* T = / }),
  ).toBeVisible();
  await page.getByText('Table', { exact: true }).click();
  const bins = page.getByRole('region', { name: 'The reliability diagram as a table' });
  await expect(bins.getByRole('columnheader', { name: 'After scaling' })).toBeVisible();
  expect(await seriousViolations(page)).toEqual([]);
  expect(await unreadCharts(page)).toEqual([]);
  const temperature = /T = [\d.]+/.exec(await diagram.innerText())?.[0] ?? 'none';
  await mistakes.showPart('Test');
  await expect(diagram).toContainText('images that had no part in it: a fair check');
  await expect(diagram).toContainText(`${temperature}:`);
  expect(app.errors).toEqual([]);
});

test('a person finds an image by its loss, marks its label as wrong, and has it read in Draw', async ({
  home,
  start,
}) => {
  await trainShortRun(home);
  const { app, window } = await start();
  const { page } = window;
  await window.goTo('Mistakes');
  const mistakes = new MistakesPage(page);
  await mistakes.imagesThere();
  await mistakes.showPart('Training');
  await expect(mistakes.sentence).toContainText('400 training images');
  const wrong = await mistakes.wrong();
  expect(await mistakes.shown()).toBe(wrong);

  // The worst first, by keys too.
  const lossOf = async (): Promise<number> =>
    Number(/loss ([\d.]+)/.exec(await page.getByText(/· loss/).innerText())?.[1]);
  const worst = await lossOf();
  await mistakes.gallery.focus();
  await mistakes.gallery.press('ArrowRight');
  await expect(page.getByText(`2 of ${wrong}`)).toBeVisible();
  expect(await lossOf()).toBeLessThanOrEqual(worst);
  await mistakes.gallery.press('End');
  await expect(page.getByText(`${wrong} of ${wrong}`)).toBeVisible();
  await expect(mistakes.images.last()).toHaveAttribute('aria-selected', 'true');

  // A cell opens its images, and a chip closes it.
  const most = Math.max(...(await mistakes.counts()).map((count, k) => (k % 11 ? count : 0)));
  await page
    .getByRole('button', { name: new RegExp(` taken for .*: ${most} of`) })
    .first()
    .click();
  expect(await mistakes.shown()).toBe(most);
  await page.getByRole('button', { name: /^cell .* take away$/ }).click();
  await mistakes.choose('Show', 'all');
  expect(await mistakes.shown()).toBe(400);
  await mistakes.choose('Sure', '< 50 %');
  const unsure = await mistakes.shown();
  await mistakes.choose('Sure', '> 90 %');
  expect(unsure + (await mistakes.shown())).toBeLessThan(400);
  await mistakes.choose('Sure', 'any');

  // What is marked is still marked after a restart, in whichever part it is looked for.
  const mark = page.getByRole('button', { name: 'Label is wrong' });
  await mark.click();
  await expect(mark).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(mark).toHaveAttribute('aria-pressed', 'false');
  await mark.click();
  await expect(mark).toHaveAttribute('aria-pressed', 'true');
  await mistakes.choose('Show', 'marked');
  expect(await mistakes.shown()).toBe(1);

  const table = join(home.path, 'marked.csv');
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, table);
  await page.getByRole('button', { name: 'Export CSV' }).click();
  await expect(page.getByText(`saved as ${table}`)).toBeVisible();
  expect(readFileSync(table, 'utf8')).toMatch(
    /^part,index,.*\r\ntrain,\d+,.*,yes,[\da-f]{16}\r\n$/,
  );

  await page.getByRole('button', { name: 'Open in Draw' }).click();
  await expect(page.getByText('Read in place of a drawing: training image')).toBeVisible();
  await expect(page.getByTestId('prediction')).toHaveAttribute('data-class', /\d/);
  await page.getByRole('button', { name: 'Back to the pad' }).click();
  await expect(page.getByText('Read in place of a drawing')).toBeHidden();

  await app.quit();
  const again = await start();
  const { page: next } = again.window;
  await again.window.goTo('Mistakes');
  const later = new MistakesPage(next);
  await later.imagesThere();
  await later.showPart('Training');
  await later.choose('Show', 'marked');
  expect(await later.shown()).toBe(1);

  // The next run can do without it; the form's list is what it was when it was switched on.
  await again.window.goTo('Set up');
  await next.locator('summary').filter({ hasText: 'Data' }).click();
  const without = next.getByRole('checkbox', { name: 'Train without the images marked as wrong' });
  await expect(next.getByText('1 image is marked.')).toBeVisible();
  await without.check();
  await expect(next.getByText('1 image is left out of training;')).toBeVisible();
  await expect(next.getByText(/^1 image, list [\da-f]{8}$/)).toBeVisible();
  await without.uncheck();
  await expect(next.getByText('1 image is marked.')).toBeVisible();
  expect(await seriousViolations(next)).toEqual([]);
  expect([...app.errors, ...again.app.errors]).toEqual([]);
});

test('a person sees what was fixed and broken since another checkpoint, and evaluates other data', async ({
  home,
  start,
}) => {
  await trainShortRun(home);
  const { app, window } = await start();
  const { page } = window;
  await window.goTo('Mistakes');
  const mistakes = new MistakesPage(page);
  await mistakes.imagesThere();
  const wrong = await mistakes.wrong();
  await mistakes.compareWith('8');
  const count = async (change: Parameters<MistakesPage['change']>[0]): Promise<number> =>
    parseInt(await mistakes.change(change).innerText());
  expect((await count('newly broken')) + (await count('still wrong'))).toBe(wrong);
  await mistakes.change('fixed').click();
  expect(await mistakes.shown()).toBe(await count('fixed'));
  await expect(page.getByRole('heading', { name: 'Fixed since step 8' })).toBeVisible();
  const fixed = await count('fixed');
  await mistakes.step.selectOption({ label: '8' });
  await mistakes.compareWith('16');
  // Seen from the other end, what was fixed is broken.
  expect(await count('newly broken')).toBe(fixed);

  await page.getByRole('button', { name: 'Another data set…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Evaluate on another data set' });
  await dialog.getByRole('combobox').selectOption('mnist');
  await dialog.getByRole('button', { name: 'Evaluate on it' }).click();
  await mistakes.showPart('Test');
  await expect(mistakes.sentence).toContainText('10,000 test images');
  // Thousands scroll, and only those that are seen are there.
  await mistakes.choose('Show', 'all');
  await mistakes.gallery.press('End');
  await expect(page.getByText('10,000 of 10,000')).toBeVisible();
  expect(await mistakes.images.count()).toBeLessThan(120);
  await page.getByRole('button', { name: 'The run’s own data' }).click();
  await expect(mistakes.sentence).toContainText('100 test images');
  expect(await seriousViolations(page)).toEqual([]);
  expect(app.errors).toEqual([]);
});
