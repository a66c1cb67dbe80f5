import { join } from 'node:path';
import { digitFolder } from '../fixtures/digit-folder.ts';
import { prepared } from '../fixtures/settings.ts';
import { expect, test } from '../fixtures/app.ts';
import { seriousViolations } from '../fixtures/axe.ts';

test.setTimeout(180_000);

test('a person chooses a folder of pictures, sees what is in it, and trains on it', async ({
  home,
  start,
}) => {
  const folder = digitFolder(join(home.path, 'my pictures'), ['nought', 'one', 'two'], 60);
  home.writeSettings(prepared(home));
  const { app, window } = await start();
  const dialog = await window.lookAtData();
  await expect(dialog.getByText('70,000 images of 28×28, grey, 10 classes')).toBeVisible();

  await app.answerFolderDialog(folder);
  await dialog.getByRole('button', { name: 'Choose folder…' }).click();
  // The pictures differ in size: that is told in the window's words, and nothing can be taken.
  await expect(dialog.getByRole('alert')).toContainText('“Image size” brings all to one size');
  const use = dialog.getByRole('button', { name: 'Use these data' });
  await expect(use).toBeDisabled();

  await dialog.getByLabel('Image size').fill('28');
  await dialog.getByRole('radio', { name: /Stretch/ }).check();
  await dialog.getByRole('button', { name: 'Read the data' }).click();
  await expect(dialog.getByText('180 images of 28×28, grey, 3 classes')).toBeVisible();
  await dialog.getByLabel('Search for a class').fill('TW');
  await expect(dialog.getByRole('button', { name: /^nought/ })).toHaveCount(0);
  await dialog.getByRole('button', { name: /^two: / }).click();
  await expect(dialog.getByRole('img', { name: /^two, number/ }).first()).toBeVisible();
  await expect(dialog.getByRole('img', { name: /^(nought|one), number/ })).toHaveCount(0);

  expect(await seriousViolations(window.page)).toEqual([]);

  await dialog.getByLabel('Image size').fill('20');
  await expect(use).toBeDisabled();
  await dialog.getByLabel('Image size').fill('28');
  await use.click();
  await expect(dialog).toBeHidden();
  await expect(window.page.getByTestId('dataset')).toContainText('my pictures');

  // The usual batch is larger than these data: said at the batch before anything is started.
  await expect(window.start).toBeDisabled();
  await window.goTo('Set up');
  await expect(window.field('Batch size')).toHaveAccessibleDescription(
    /there are only \d+ examples to train on/,
  );
  await window.field('Batch size').fill('20');
  await window.field('Epochs').fill('30');
  await window.goTo('Train');
  await window.start.click();
  await expect(window.pause).toBeVisible({ timeout: 60_000 });
  await expect(window.page.getByTestId('prediction')).toHaveText(
    'Draw one of 3 classes: nought, one, two',
  );
  await window.stop.click();
  await expect(window.phase).toHaveText('Ready');
  expect(app.errors).toEqual([]);
});

test('other data are looked at while a run trains, which keeps its own', async ({
  home,
  start,
}) => {
  const folder = digitFolder(join(home.path, 'pictures'), ['a', 'b'], 30);
  home.writeSettings(prepared(home));
  const { app, window } = await start();
  await window.start.click();
  await window.reaches(10, 60_000);
  const dialog = await window.lookAtData();
  await app.answerFolderDialog(folder);
  await dialog.getByRole('button', { name: 'Choose folder…' }).click();
  await dialog.getByLabel('Image size').fill('32');
  await dialog.getByRole('button', { name: 'Read the data' }).click();
  await expect(dialog.getByText('60 images of 32×32, grey, 2 classes')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Use these data' })).toBeDisabled();
  await window.reaches((await window.step()) + 20, 60_000);
  expect(await app.processId('Firstlayer reader')).not.toBeNull();

  await window.page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(window.page.getByRole('button', { name: 'Look at data…' })).toBeFocused();
  await expect.poll(() => app.processId('Firstlayer reader')).toBeNull();
  await expect(window.page.getByTestId('dataset')).toHaveText('mnist');
  await window.stop.click();
  await expect(window.phase).toHaveText('Ready');
  expect(app.errors).toEqual([]);
});

test('a reader that is killed is told of, and the data are read again', async ({ start }) => {
  const { app, window } = await start();
  const dialog = await window.lookAtData();
  await expect(dialog.getByText('70,000 images')).toBeVisible();
  process.kill((await app.processId('Firstlayer reader'))!, 'SIGKILL');
  await expect.poll(() => app.processId('Firstlayer reader')).toBeNull();
  await dialog.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('has ended (signal 9)');
  await dialog.getByRole('button', { name: 'Read again' }).click();
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await expect(dialog.getByRole('img', { name: /, number/ }).first()).toBeVisible();
});
