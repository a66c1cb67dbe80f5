import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunConfig } from '../../../shared/config.ts';
import { expect, test } from '../fixtures/app.ts';
import { seriousViolations } from '../fixtures/axe.ts';
import { prepared } from '../fixtures/settings.ts';
import { trainShortRun } from '../fixtures/short-run.ts';
import { FiltersCard } from '../pages/filters-card.ts';

test.setTimeout(180_000);

test('a person goes through the filters’ film by keys, sees what has changed, and saves it', async ({
  home,
  start,
}) => {
  await trainShortRun(home);
  // As if the app had trained it.
  const record = JSON.parse(readFileSync(join(home.run, 'model.ckpt-16.json'), 'utf8')) as {
    config: RunConfig;
  };
  home.writeSettings({ ...prepared(home), config: record.config });
  const { app, window } = await start();
  const { page } = window;
  const card = new FiltersCard(page);

  await test.step('the slider goes from frame to frame', async () => {
    await expect(card.slider).toBeEnabled();
    expect(await card.steps()).toEqual(['step 0', 'step 8', 'step 16, the newest']);
  });

  await test.step('what has changed since the start is nothing at the start', async () => {
    const learned = await card.tellings();
    await card.choose('Change');
    await expect.poll(() => card.tellings()).not.toEqual(learned);
    await card.slider.press('Home');
    for (const telling of await card.tellings())
      expect(telling).toMatch(/, change from 0\.000 to 0\.000$/);
    await card.choose('Weights');
    await card.slider.press('ArrowRight');
    expect(await card.shown()).toBe('step 8');
    await expect(card.newest).toBeEnabled();
    expect(await seriousViolations(page)).toEqual([]);
  });

  const steps = await test.step('new frames do not move it', async () => {
    await window.goTo('Set up');
    await window.field('Epochs').fill('6');
    await window.goTo('Train');
    const seen = await card.tellings();
    const end = await card.slider.getAttribute('max');
    await window.resume.click();
    await window.reaches(40, 60_000);
    await expect(window.phase).toHaveAttribute('data-phase', 'idle', { timeout: 60_000 });
    expect(await card.shown()).toBe('step 8');
    expect(await card.slider.getAttribute('max')).toBe(end);
    expect(await card.tellings()).toEqual(seen);
    await card.newest.click();
    expect(await card.shown()).toBe('step 48, the newest');
    return card.steps();
  });

  await test.step('after a reload it is the same', async () => {
    expect(steps).toHaveLength(7);
    await page.reload();
    await expect(card.slider).toBeEnabled();
    expect(await card.steps()).toEqual(steps);
  });

  await test.step('it plays by hand, and is saved as a picture that moves', async () => {
    await card.play.click();
    await expect.poll(() => card.shown()).toMatch(/^step (8|16|24|32|40)$/);
    await expect.poll(() => card.shown(), { timeout: 20_000 }).toBe('step 48, the newest');
    const path = join(home.path, 'film.gif');
    await app.answerSaveDialog(path);
    await card.save('the film as an animated GIF');
    await expect(page.getByText('The film, 7 pictures, is saved as')).toBeVisible();
    const frames = await page.evaluate(async (base64) => {
      const data = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const decoder = new ImageDecoder({ data, type: 'image/gif' });
      await decoder.tracks.ready;
      await decoder.completed;
      return decoder.tracks.selectedTrack?.frameCount;
    }, readFileSync(path).toString('base64'));
    expect(frames).toBe(7);
  });
  expect(app.errors).toEqual([]);
});
