import { trainShortRun, VALIDATED } from '../fixtures/short-run.ts';
import { expect, test } from '../fixtures/app.ts';
import { seriousViolations } from '../fixtures/axe.ts';

test.setTimeout(180_000);

test('a person sees what is taken for what after each epoch, and which classes are found least', async ({
  home,
  start,
}) => {
  await trainShortRun(home);
  const { app, window } = await start();
  const { page } = window;
  await page.getByRole('button', { name: 'Mistakes' }).click();
  await expect(page.getByTestId('mistakes-sentence')).toContainText(
    `of ${VALIDATED} validation images are right; `,
  );

  const cells = page.getByTestId('confusion').locator('tbody td');
  await expect(cells).toHaveCount(100);
  const sum = async (): Promise<number> =>
    (await cells.allInnerTexts()).reduce((total, text) => total + Number(text), 0);
  expect(await sum()).toBe(VALIDATED);
  const newest = await cells.allInnerTexts();
  await page.getByLabel('Evaluated').selectOption({ label: 'Validation, epoch 1 (step 8)' });
  expect(await cells.allInnerTexts()).not.toEqual(newest);
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

  expect(await seriousViolations(page)).toEqual([]);
  expect(app.errors).toEqual([]);
});
