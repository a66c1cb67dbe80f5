import { prepared } from '../fixtures/settings.ts';
import { trainQuickly } from '../runner/terminal.ts';
import { expect, test } from '../fixtures/app.ts';
import { seriousViolations } from '../fixtures/axe.ts';

test.setTimeout(300_000);

test('a person sees what each layer answers to a drawing and where the network looked', async ({
  home,
  start,
}) => {
  await trainQuickly(home.run, '--max-steps', '600');
  home.writeSettings(prepared(home));
  const { app, window } = await start();
  const { page, drawing } = window;
  await page.getByRole('button', { name: 'Draw', exact: true }).click();
  const place = page.getByRole('main', { name: 'Draw' });
  await expect(place.getByText(/^Draw a digit on the pad: what each layer/)).toBeVisible();

  await drawing.drawOne();
  await expect.poll(() => drawing.prediction()).toBe('1');
  const answers = place.getByRole('region', { name: 'What each layer answers' });
  const rows = answers.getByRole('listitem');
  await test.step('each layer that changes something has its row of maps', async () => {
    await expect(
      rows.getByRole('img', { name: /^Convolution 1: \d+ maps of 28×28/ }),
    ).toBeVisible();
    await expect(rows.getByRole('img', { name: /^Pooling 1: \d+ maps of 14×14/ })).toBeVisible();
    await expect(rows.getByRole('img', { name: /scores, the highest is 1 with/ })).toBeVisible();
    await expect(answers).toContainText('Dropout and flatten change nothing here');
    await expect(rows.filter({ hasText: /Dropout|Flatten/ })).toHaveCount(0);
    const maps = rows.filter({ hasText: 'Convolution 1' }).locator('canvas');
    expect(await maps.count()).toBeGreaterThanOrEqual(8);
  });

  const looked = place.getByRole('region', { name: 'Where it looked' });
  await test.step('where it looked is asked for the winner, and for another class', async () => {
    await expect(
      looked.getByRole('img', { name: /^Grad-CAM over the drawing: .* for 1/ }),
    ).toBeVisible();
    await expect(
      looked.getByRole('img', { name: /^Saliency over the drawing: .* for 1/ }),
    ).toBeVisible();
    const choice = looked.getByRole('combobox', { name: 'Class that is looked for' });
    await expect(choice).toHaveValue('');
    await choice.selectOption('7');
    await expect(
      looked.getByRole('img', { name: /^Grad-CAM over the drawing: .* for 7/ }),
    ).toBeVisible();
    await expect(
      looked.getByRole('img', { name: /^Saliency over the drawing: .* for 7/ }),
    ).toBeVisible();
  });

  await test.step('axe finds nothing serious, where all is in sight and where it scrolls', async () => {
    for (const height of [800, 560]) {
      await app.electron.evaluate(({ BrowserWindow }, high) => {
        const [shown] = BrowserWindow.getAllWindows();
        shown?.setMinimumSize(400, 400);
        shown?.setContentSize(1024, high);
      }, height);
      await expect.poll(() => page.evaluate(() => innerHeight)).toBe(height);
      expect(await seriousViolations(page)).toEqual([]);
    }
  });

  await test.step('the answers follow the drawing', async () => {
    await drawing.clear.click();
    await expect(place.getByText(/^Draw a digit on the pad: what each layer/)).toBeVisible();
    await drawing.drawZero();
    await expect(rows.getByRole('img', { name: /scores, the highest is 0 with/ })).toBeVisible();
  });
  expect(app.errors).toEqual([]);
});

test('without a network the place Draw offers the way to one', async ({ start }) => {
  const { app, window } = await start();
  const { page } = window;
  await page.getByRole('button', { name: 'Draw', exact: true }).click();
  await expect(page.getByText(/^Train or open a checkpoint folder first/)).toBeVisible();
  await window.drawing.drawOne();
  await expect(window.drawing.preview).toBeVisible();
  await page.getByRole('button', { name: 'Go to Train' }).click();
  await expect(page.getByRole('main', { name: 'Train' })).toBeVisible();
  expect(app.errors).toEqual([]);
});
