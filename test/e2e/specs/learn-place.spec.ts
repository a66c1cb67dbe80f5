import { prepared } from '../fixtures/settings.ts';
import { trainQuickly } from '../runner/terminal.ts';
import { expect, test } from '../fixtures/app.ts';
import { seriousViolations } from '../fixtures/axe.ts';
import { LearnPage } from '../pages/learn-page.ts';

test.setTimeout(120_000);

test('before any training a person goes through the sections by keys, on a network that ships', async ({
  start,
}) => {
  const { app, window } = await start();
  const { page } = window;
  await window.goTo('Learn');
  const learn = new LearnPage(page);
  await expect(learn.subject).toHaveText(
    'on a small network that ships with the app, and a 3 of ours',
  );

  await test.step('the digit is moved, and the network is really asked at each shift', async () => {
    await expect(learn.open).toHaveText(/Why not a dense network/);
    const read = page.getByTestId('learn-shifts');
    await expect(read).toHaveText(/^Read as 3 where it was; as something else at \d+ of 17 shifts/);
    await page.getByRole('application', { name: /The digit as it is moved/ }).focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowDown');
    await expect(learn.place).toHaveText('2 to the right, 1 down');
    await expect(learn.words).toContainText(/dense\s*0 of \d+/);
    expect(await seriousViolations(page)).toEqual([]);
  });

  await test.step('a term is explained where it stands, and in the glossary', async () => {
    const term = learn.words.getByRole('button', { name: 'dense layer' });
    await term.focus();
    await expect(page.getByText(/every output has a weight for every input/)).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Glossary' }).click();
    const glossary = page.getByRole('dialog', { name: 'Glossary' });
    await glossary.getByLabel('Search for a word').fill('zeros');
    await expect(glossary.getByRole('term').first()).toHaveText('Zero-padding');
    await page.keyboard.press('Escape');
    await expect(glossary).toBeHidden();
  });

  await test.step('filters are chosen by keys and compared with one made by hand', async () => {
    await page.keyboard.press('PageDown');
    await expect(learn.open).toHaveText(/Filters/);
    const filters = page.getByRole('listbox', { name: 'Filters' });
    await expect(filters.getByRole('option')).toHaveCount(8);
    await filters.focus();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('img', { name: /^Filter 2: its sum at each place/ })).toBeVisible();
    await page.getByRole('radio', { name: 'blur' }).check({ force: true });
    await expect(
      page.getByRole('img', { name: /^By hand: blur.* to \+(0\.9\d|1\.00)$/ }),
    ).toBeVisible();
    expect(await seriousViolations(page)).toEqual([]);
  });

  await test.step('at every place the products add up to the sum, which is TensorFlow’s', async () => {
    await page.keyboard.press('PageDown');
    await expect(learn.open).toHaveText(/A convolution’s output/);
    const digit = page.getByRole('application', { name: /^The digit under the kernel/ });
    await expect(learn.engine).toContainText('equal to');
    await digit.focus();
    for (const key of ['ArrowUp', 'Shift+ArrowUp', 'ArrowLeft']) {
      await page.keyboard.press(key);
      const pixels = await learn.numbers('Pixels under the kernel');
      const kernel = await learn.numbers('Kernel');
      const products = await learn.numbers('Products');
      products.forEach((product, k) => {
        expect(Math.abs(product - (pixels[k] ?? NaN) * (kernel[k] ?? NaN))).toBeLessThan(0.02);
      });
      const total = products.reduce((sum, product) => sum + product, 0);
      expect(Math.abs(total - (await learn.sumShown()))).toBeLessThan(0.05);
      await expect(learn.engine).toHaveText(/equal to (the last bit|[\d.]+·10⁻[⁶⁷⁸⁹]|[\d.]+·10⁻¹)/);
    }
    await expect(learn.place).toHaveText('row 14, column 17');
  });

  await test.step('a stride that does not fit keeps the last valid picture and says so', async () => {
    await page.getByRole('spinbutton', { name: 'Stride' }).focus();
    await page.keyboard.press('ArrowUp');
    await expect(learn.formula).toContainText('(28 − 3 + 2) / 2 + 1 = 14.5, no fit.');
    await expect(learn.formula).toContainText('The picture stays the last that fits: 28.');
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('spinbutton', { name: 'Stride' }).press('Home');
    await page.getByRole('spinbutton', { name: 'Zeros around' }).press('ArrowDown');
    await expect(learn.formula).toContainText('(28 − 3 + 0) / 1 + 1 = 26');
    await expect(learn.words.getByRole('row', { name: /14.5, no fit/ })).toBeVisible();
  });

  await test.step('the section and what is done stay over a reload', async () => {
    await page.reload();
    await expect(learn.open).toHaveText(/A convolution’s output/);
    await expect(learn.sections.getByText('done', { exact: true })).toHaveCount(2);
    await page.getByRole('button', { name: /^Next: / }).click();
    await expect(learn.open).toHaveText(/Parameter sharing/);
    await expect(page.getByText('this one weight, 784 uses')).toBeVisible();
    await page.getByRole('listbox', { name: 'Weights of the kernel' }).press('ArrowUp');
    await expect(page.getByText(/^28 of its 784 uses fall on the zeros/)).toBeVisible();
    await expect(learn.words).toContainText('614,656');
    const gradient = page.getByTestId('learn-gradient');
    await expect(gradient).toHaveText(/sum over 784 places: (\S+); the engine’s: \1$/);
    await page.getByText('gradient', { exact: true }).first().click();
    await expect(page.getByText(/^what each place says of it/)).toBeVisible();
    expect(await seriousViolations(page)).toEqual([]);
  });

  await test.step('a page leads to its setting, and the setting to its page', async () => {
    await page.keyboard.press('PageUp');
    await learn.words.getByRole('button', { name: 'Convolution 1' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Set up');
    await expect(window.field('Stride')).toBeFocused();
    await page.getByRole('button', { name: 'Learn: Filters' }).click();
    await expect(learn.open).toHaveText(/Filters/);
  });
  await test.step('each page is one screen, and so is each layer on the way back', async () => {
    const fits = async (): Promise<void> => {
      await expect(learn.waiting).toHaveCount(0);
      await expect.poll(() => learn.overflow()).toBe(0);
    };
    const all = await learn.sections.getByRole('listitem').getByRole('button').all();
    expect(all).toHaveLength(8);
    // The window of every day, and the smallest that has the columns side by side.
    for (const [width, height] of [
      [1280, 800],
      [1024, 700],
    ] as const) {
      await app.resizePage(width, height);
      for (const section of all) {
        await section.click();
        await fits();
      }
      for (let layer = 0; layer < 7; layer++) {
        await page.getByRole('button', { name: 'A layer back' }).click();
        await fits();
      }
      await page.getByRole('radio', { name: 'one shared weight' }).check({ force: true });
      await fits();
    }
  });
  await window.goTo('Train');
  await expect(window.start).toBeEnabled();
  expect(app.errors).toEqual([]);
});

test('with a network of one’s own Learn is told on it, and on one’s own drawing', async ({
  home,
  start,
}) => {
  await trainQuickly(home.run, '--max-steps', '20', '--precision', 'float32');
  home.writeSettings(prepared(home));
  const { app, window } = await start();
  const { page, drawing } = window;
  await window.goTo('Draw');
  await drawing.drawOne();
  await window.goTo('Learn');
  const learn = new LearnPage(page);
  await expect(learn.subject).toHaveText('on your own network, step 20, and your own drawing');
  await page.getByRole('button', { name: 'Another digit' }).click();
  await expect(learn.subject).toHaveText('on your own network, step 20, and a 3 of ours');
  await page.keyboard.press('PageDown');
  await expect(page.getByRole('listbox', { name: 'Filters' }).getByRole('option')).toHaveCount(16);
  await page.keyboard.press('PageDown');
  await expect(learn.engine).toContainText('equal to');

  await test.step('a word of any place is explained there, and leads to its page or its setting', async () => {
    await window.goTo('Train');
    const meaning = page.getByText('Here: mean cross-entropy, in nats');
    await page.getByRole('button', { name: 'Loss', exact: true }).focus();
    await expect(meaning).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(meaning).toBeHidden();
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await expect(learn.open).toHaveText(/Back-propagation/);
    await app.clickMenuItem('show-glossary');
    const glossary = page.getByRole('dialog', { name: 'Glossary' });
    await glossary.getByLabel('Search for a word').fill('seed');
    await glossary.getByRole('button', { name: 'Set up: Seed' }).click();
    await expect(window.field('Seed')).toBeFocused();
  });
});
