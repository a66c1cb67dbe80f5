import { expect, test } from '../fixtures/app.ts';
import { seriousViolations } from '../fixtures/axe.ts';
import { prepared } from '../fixtures/settings.ts';
import { trainQuickly } from '../runner/terminal.ts';

test.setTimeout(300_000);

test('a person sees a drawing through an earlier checkpoint beside the present one', async ({
  home,
  start,
}) => {
  await trainQuickly(home.run, '--max-steps', '500', '--save-every-steps', '100');
  home.writeSettings(prepared(home));
  const { app, window } = await start();
  const { page, drawing } = window;
  await page.getByRole('button', { name: 'Draw', exact: true }).click();
  const place = page.getByRole('main', { name: 'Draw' });
  const choice = place.getByRole('combobox', { name: 'Compare with step' });
  const card = place.getByRole('region', { name: 'Two checkpoints' });
  const says = card.getByRole('row').filter({ hasText: / %/ }).first();
  const options = choice.getByRole('option');
  await expect(options.filter({ hasText: 'newest' })).toHaveCount(1);
  const labels = await options.allInnerTexts();
  expect(labels.length).toBeGreaterThan(2);
  await choice.selectOption({ label: labels.at(-1) ?? '' });

  await test.step('before anything is drawn, the filters and how they changed', async () => {
    await expect(
      card.getByRole('img', { name: /^Filter 1: changed by −?[\d.]+ to [\d.]+$/ }),
    ).toBeVisible();
    await expect(card).toContainText('Draw something: what both make of it stands here.');
  });

  await drawing.drawOne();
  await test.step('then maps, difference and what each says', async () => {
    await expect(card.getByRole('img', { name: /^Channel 1: changed by/ })).toBeVisible();
    await expect(says).toHaveText(/^\s*1\s*[\d.]+ %\s*1\s*[\d.]+ %\s*[+−][\d.]+\s*$/);
    // A unit's card is below the window's edge then: its column scrolls, not the window.
    await place.getByRole('application', { name: /^Convolution 1/ }).focus();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByTestId('unit-spoken')).toHaveText(/channel 1, row 1, column 2: /);
    const beyond = (): number => document.documentElement.scrollHeight - innerHeight;
    expect(await page.evaluate(beyond)).toBe(0);
    await card.getByText('Every class').click();
    await expect(card.getByRole('table').last().getByRole('row')).toHaveCount(11);
  });

  await test.step('of another filter, layer and channel, by keys', async () => {
    await card.getByRole('spinbutton', { name: 'Filter that is compared' }).fill('5');
    await page.keyboard.press('Enter');
    await expect(card.getByRole('img', { name: /^Filter 5: changed by/ })).toBeVisible();
    const layer = card.getByRole('combobox', { name: 'Layer that is compared' });
    await layer.selectOption({ label: 'Convolution 1' });
    const channel = card.getByRole('spinbutton', { name: 'Channel that is compared' });
    await channel.fill('8');
    await page.keyboard.press('Enter');
    await expect(card.getByRole('img', { name: /^Channel 8: changed by/ })).toBeVisible();
    await layer.selectOption({ label: 'Dense 1' });
    await expect(card.getByRole('img', { name: /^Units: changed by/ })).toBeVisible();
  });

  await test.step('the present checkpoint differs from itself by nothing', async () => {
    await choice.selectOption({ label: labels.find((label) => label.includes('newest')) ?? '' });
    await expect(card.getByRole('img', { name: 'Filter 5: changed by 0 to 0' })).toBeVisible();
    await expect(card.getByRole('img', { name: 'Units: changed by 0 to 0' })).toBeVisible();
    await expect(says).toHaveText(/\+0\.0\s*$/);
    expect(await seriousViolations(page)).toEqual([]);
  });

  await choice.selectOption({ label: 'none' });
  await expect(card).toHaveCount(0);
  expect(app.errors).toEqual([]);
});
