import { prepared } from '../fixtures/settings.ts';
import { trainQuickly } from '../runner/terminal.ts';
import { expect, test } from '../fixtures/app.ts';
import { seriousViolations } from '../fixtures/axe.ts';

test.setTimeout(300_000);

test('a person sees what each layer answers to a drawing and where the network looked', async ({
  home,
  start,
}) => {
  // Few validation images: all of them are evaluated for a temperature.
  await trainQuickly(home.run, '--max-steps', '600', '--validation-size', '2000');
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
  const sheet = (name: RegExp) => rows.getByRole('application', { name });
  await test.step('each layer that changes something has its row of maps', async () => {
    await expect(sheet(/^Convolution 1: \d+ maps of 28×28/)).toBeVisible();
    await expect(sheet(/^Pooling 1: \d+ maps of 14×14/)).toBeVisible();
    await expect(sheet(/scores, the highest is 1 with/)).toBeVisible();
    await expect(rows.getByRole('application', { name: /^Softmax: 1 with/ })).toBeVisible();
    await expect(answers).toContainText('Dropout and flatten change nothing here');
    await expect(rows.filter({ hasText: /Dropout|Flatten/ })).toHaveCount(0);
    // Not all of a layer’s channels at first, and then all of them.
    const third = rows.filter({ hasText: 'Convolution 3' });
    await expect(third).toContainText('24 of 64 shown');
    await answers.getByRole('button', { name: 'All channels' }).click();
    await expect(third).not.toContainText('shown');
    await expect(sheet(/^Convolution 3: 64 maps of 7×7, (\d+|none) of them/)).toBeVisible();
    await answers.getByRole('button', { name: 'All channels' }).click();
  });

  await test.step('how sure it really is, is fitted when asked and told beside how sure it says it is', async () => {
    const sure = place.getByRole('group', { name: 'How sure it really is' });
    await sure.getByRole('button', { name: 'How sure is it really?' }).click();
    // A process of its own loads TensorFlow and the data first, which takes a busy machine long.
    await expect(sure).toContainText(/Calibrated\s+[\d.]+ % sure\s+\(before: [\d.]+ %\)/, {
      timeout: 60_000,
    });
    await expect(sure).toContainText(
      /T = \d+\.\d\d, fitted on 2,000 validation images at step 600/,
    );
    await expect(rows.getByRole('application', { name: /^Calibrated: 1 with/ })).toBeVisible();
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

  await test.step('occlusion is measured unasked, and says how the other two agree with it', async () => {
    await expect(
      looked.getByRole('img', { name: /^Occlusion over the drawing: 7 loses most|no patch takes/ }),
    ).toBeVisible();
    await looked.getByRole('combobox', { name: 'Class that is looked for' }).selectOption('1');
    const measured = looked.getByRole('img', { name: /drawing: 1 loses most, [\d.]+ %/ });
    await expect(measured).toBeVisible();
    await expect(looked).toContainText(
      /By ranks Grad-CAM .+ \(−?[\d.]+\), saliency .+ \(−?[\d.]+\)/,
    );
    const before = await measured.getAttribute('aria-label');
    await looked.getByRole('combobox', { name: 'Patch' }).selectOption('7');
    await looked.getByRole('combobox', { name: 'step' }).selectOption('2');
    await expect(measured).not.toHaveAttribute('aria-label', before ?? '');
  });

  const card = place.getByRole('region', { name: /, (channel|unit|score of) \d+$/ });
  await test.step('a unit that is pointed at or walked to shows what it sees and its arithmetic', async () => {
    const first = sheet(/^Convolution 1/);
    const box = await first.boundingBox();
    // The middle of the first map, where there is ink.
    const at = { x: (box?.width ?? 0) / 24, y: (box?.height ?? 0) / 4 };
    await first.hover({ position: at });
    await expect(card.getByRole('heading')).toHaveText('Convolution 1, channel 1');
    await expect(card).toContainText(/Unit at row 1[3-6], column 1[3-6]/);
    await expect(card).toContainText('Sees 3×3 pixels of the digit');
    await expect(card).toContainText('Sum of 9 inputs × weights');
    await first.click({ position: at });
    await page.keyboard.press('PageDown');
    await expect(card.getByRole('heading')).toHaveText('Convolution 1, channel 2');
    const spoken = page.getByTestId('unit-spoken');
    await expect(spoken).toHaveText(/channel 2, row \d+, column \d+: .* after ReLU/);
    const here = await spoken.textContent();
    await page.keyboard.press('ArrowLeft');
    await expect(spoken).not.toHaveText(here ?? '');

    // The window's own sum of the products is the engine's, as the map's table has it.
    await page.keyboard.press('Home');
    await expect(card).toContainText('Unit at row 1, column 1');
    const value = (await card.locator('dd').last().textContent()) ?? '';
    await card.getByText('The map as a table').click();
    await expect(card.getByRole('table').last().getByRole('cell').first()).toHaveText(value);
  });

  await test.step('a score is the sum of what a dense layer’s units bring', async () => {
    await sheet(/scores, the highest is 1 with/).focus();
    await page.keyboard.press('ArrowRight');
    await expect(card.getByRole('heading')).toHaveText('Dense 2, score of 0');
    await expect(card).toContainText(/Dense 1, unit \d+: [\d.]+ × −?[\d.]+/);
    await expect(card).toContainText(/Sum of \d+ inputs × weights/);
    await expect(card).toContainText('Sees 28×28 pixels of the digit');
  });

  await test.step('a pinned channel finds the images that excite it most', async () => {
    await sheet(/^Convolution 2/).focus();
    await page.keyboard.press('Enter');
    const exciting = place.getByRole('region', { name: /^What excites Convolution 2, channel 1/ });
    await expect(exciting.getByRole('img', { name: /^validation image \d+, \d: / })).toHaveCount(9);
    await expect(exciting).toContainText('by the checkpoint of step 600');
    await exciting.getByRole('button', { name: 'Unpin' }).click();
    await expect(exciting).toHaveCount(0);
  });

  await test.step('a small change makes it another class', async () => {
    const nearest = place.getByRole('region', { name: 'What would make it' });
    await nearest.getByRole('combobox', { name: 'Class that it is to become' }).selectOption('7');
    await nearest.getByRole('button', { name: 'Look' }).click();
    await expect(
      nearest.getByRole('img', { name: 'The changed picture, taken for 7' }),
    ).toBeVisible();
    await expect(nearest).toContainText(/Changed by \d+ % of the ink it is taken for 7/);
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
    await expect(sheet(/scores, the highest is 0 with/)).toBeVisible();
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
