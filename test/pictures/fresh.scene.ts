import type { Page } from 'playwright/test';
import { expect, test } from './scene.ts';
import { Photographer } from './photographer.ts';

test('a fresh app', async ({ start }) => {
  const { app, window } = await start();
  const { page } = window;
  const camera = new Photographer(app);
  await camera.take('train-fresh');

  await window.goTo('Draw');
  await camera.take('draw-fresh');
  await window.goTo('Mistakes');
  await camera.take('mistakes-fresh');
  await window.goTo('Runs');
  await camera.take('runs-fresh');

  await window.goTo('Set up');
  await camera.take('setup');
  await page.getByRole('option', { name: /^Convolution 2/ }).click();
  await camera.take('setup-layer');
  await openSections(page, true);
  await camera.take('setup-all-open');
  await openSections(page, false);

  await page.locator('summary', { hasText: 'Saving and stopping' }).click();
  await window.field('Stop at a goal').check();
  await page.getByText('Time here').scrollIntoViewIfNeeded();
  await camera.take('setup-goal');

  await page.getByRole('button', { name: 'Compare…' }).click();
  await camera.take('setup-compare');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Import…' }).click();
  await camera.take('setup-import');
  await page.keyboard.press('Escape');

  await window.field('Padding').selectOption('valid');
  await window.field('Window').fill('20');
  await expect(page.getByRole('alert')).toBeVisible();
  await camera.take('setup-impossible');
  await page.keyboard.press('Control+z');

  await window.goTo('Train');
  const data = await window.lookAtData();
  await expect(data.getByText(/70,000 images/)).toBeVisible();
  await camera.take('data-dialog');
  await page.keyboard.press('Escape');

  await app.clickMenuItem('show-commands');
  await camera.take('commands');
  await page.keyboard.press('Escape');
  await page.locator('body').press('?');
  await camera.take('keys');
});

/** Opens or closes what stands behind headings, one within the other too. */
async function openSections(page: Page, isOpen: boolean): Promise<void> {
  await page.locator('main details').evaluateAll((all, open) => {
    for (const section of all) (section as HTMLDetailsElement).open = open;
  }, isOpen);
}
