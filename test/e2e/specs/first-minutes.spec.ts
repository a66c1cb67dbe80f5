import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures/app.ts';
import { LearnPage } from '../pages/learn-page.ts';

test.setTimeout(150_000);

test('a new person’s first five minutes: open, start, draw, correct, and the second page of Learn', async ({
  home,
  start,
}) => {
  const drawings = join(home.path, 'my drawings');
  mkdirSync(drawings);
  const { app, window } = await start();
  const { page, drawing } = window;

  await test.step('one press begins to train, and the curves are there', async () => {
    await window.start.click();
    await window.reaches(5, 90_000);
    await expect(window.curve('Loss')).toBeVisible();
  });

  await test.step('a drawing is read while the network learns', async () => {
    await window.goTo('Draw');
    await drawing.drawOne();
    await expect.poll(() => drawing.prediction()).not.toBe('');
    await expect(
      page.getByRole('region', { name: 'What each layer answers' }).getByRole('listitem').first(),
    ).toBeVisible();
  });

  await test.step('what it really is, is kept', async () => {
    await app.answerFolderDialog(drawings);
    await page
      .getByRole('group', { name: 'Really it is a' })
      .getByRole('button', { name: '1', exact: true })
      .click();
    await expect(page.getByRole('button', { name: 'kept: 1 drawing' })).toBeVisible();
    expect(readdirSync(join(drawings, '1'))).toHaveLength(2);
  });

  await test.step('Learn tells of that network, as it trains, and of that drawing', async () => {
    await window.goTo('Learn');
    const learn = new LearnPage(page);
    await expect(learn.subject).toHaveText(
      /^on your own network, step [\d,]+, and your own drawing$/,
    );
    await page.keyboard.press('PageDown');
    await expect(learn.open).toContainText('Filters');
    const filters = page.getByRole('listbox', { name: 'Filters' }).getByRole('option');
    await expect(filters).toHaveCount(32);
    await filters.nth(4).click();
    await expect(filters.nth(4)).toHaveAttribute('aria-selected', 'true');
    await expect(window.failure).toHaveCount(0);
  });

  await test.step('meanwhile it went on, and stops with what it has learned', async () => {
    const step = await window.step();
    await window.reaches(step + 5, 60_000);
    await window.stop.click();
    await expect(window.resume).toBeVisible();
  });
  expect(app.errors).toEqual([]);
});
