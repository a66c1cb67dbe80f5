import { learnSections } from '../../shared/learn-progress.ts';
import { expect, test } from './scene.ts';
import { LearnPage } from '../e2e/pages/learn-page.ts';
import { Photographer } from './photographer.ts';

test('Learn, page by page', async ({ start }) => {
  const { app, window } = await start();
  const { page } = window;
  const camera = new Photographer(app);
  await window.goTo('Learn');
  const learn = new LearnPage(page);
  for (const [at, id] of learnSections.entries()) {
    if (at > 0) await learn.goForward();
    await expect(learn.waiting).toHaveCount(0);
    await camera.take(`learn-${at + 1}-${id}`);
  }
});
