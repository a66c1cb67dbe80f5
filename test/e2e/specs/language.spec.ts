import { expect, test } from '../fixtures/app.ts';
import { prepared } from '../fixtures/settings.ts';

test('speaks German, and changes to English while a run trains, which goes on', async ({
  home,
  start,
}) => {
  home.writeSettings({ ...prepared(home), language: 'de' });
  const { app, window } = await start();
  const { page } = window;
  const rail = page.getByRole('navigation').first();
  for (const name of ['Training', 'Einrichten', 'Zeichnen', 'Fehler', 'Läufe', 'Lernen'])
    await expect(rail.getByRole('button', { name, exact: true })).toBeVisible();
  expect(await page.locator('html').getAttribute('lang')).toBe('de');

  await rail.getByRole('button', { name: 'Einrichten', exact: true }).click();
  const rate = window.field('Lernrate');
  await expect(rate).toHaveValue('0,001');
  await rate.fill('-0,5');
  await expect(page.getByText('Der Wert (Rate) muss größer als 0').first()).toBeVisible();
  await rate.fill('0.002');
  await expect(page.getByText('Der Wert (Rate) muss größer als 0')).toHaveCount(0);

  // What the main process refuses.
  const refused = await page.evaluate(() =>
    self.firstlayer.invoke('openRecentFolder', { path: '/not-chosen' }),
  );
  expect(JSON.stringify(refused)).toContain(
    'Dieser Ordner gehört nicht zu den zuletzt verwendeten.',
  );

  await rail.getByRole('button', { name: 'Training', exact: true }).click();
  await page.getByRole('button', { name: 'Starten', exact: true }).click();
  await window.reaches(3, 60_000);
  await app.clickMenuItem('show-commands');
  await page.getByRole('dialog').getByRole('searchbox').fill('english');
  await page.keyboard.press('Enter');

  await expect(window.pause).toBeVisible();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await window.goTo('Train');
  const now = await window.step();
  await window.reaches(now + 3, 60_000);
  await window.stop.click();
  await expect(window.phase).toHaveAttribute('data-phase', 'idle', { timeout: 30_000 });

  // What a run and its data are known again by is the same in every language.
  const stopped = await window.step();
  await window.resume.click();
  await window.reaches(stopped + 1, 60_000);
  expect(app.errors).toEqual([]);
});
