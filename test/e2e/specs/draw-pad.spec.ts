import { mkdirSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { expect, test } from '../fixtures/app.ts';
import { seriousViolations } from '../fixtures/axe.ts';
import { trainShortRun } from '../fixtures/short-run.ts';
import { DrawPlace } from '../pages/draw-place.ts';

test.setTimeout(240_000);

test('a person sees each step from strokes to what is read, and reads several digits one by one', async ({
  home,
  start,
}) => {
  await trainShortRun(home);
  const { app, window } = await start();
  const { page, drawing } = window;
  await window.goTo('Draw');
  const draw = new DrawPlace(page);

  await test.step('strokes are redone, by button and by keys, as thick as was chosen', async () => {
    await draw.penWidth.fill('40');
    await expect(draw.penWidth).toHaveAttribute('aria-valuetext', '40 of the pad’s 280');
    await expect(drawing.redo).toBeDisabled();
    await drawing.drawZero(0.75, 0.16);
    await expect(drawing.preview).toBeVisible();
    await drawing.undo.click();
    await expect(drawing.preview).toBeHidden();
    await page.keyboard.press('Control+Shift+Z');
    await expect(drawing.preview).toBeVisible();
    await expect(drawing.redo).toBeDisabled();
  });

  await test.step('ink takes the system’s own colours when these are switched on, and gives them back', async () => {
    const ink = (): Promise<string> =>
      drawing.canvas.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
        const all = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
        const opaque = all?.findIndex((value, k) => k % 4 === 3 && value === 255) ?? -1;
        return String(all?.slice(opaque - 3, opaque));
      });
    const before = await ink();
    await page.emulateMedia({ forcedColors: 'active' });
    await expect.poll(ink).not.toBe(before);
    await page.emulateMedia({ forcedColors: 'none' });
    await expect.poll(ink).toBe(before);
  });

  await test.step('a step that is switched off shows another image, and tells what it does', async () => {
    await expect(draw.picture(/^Box: \d+ wide and \d+ high, of the pad’s 280/)).toBeVisible();
    await expect(draw.picture(/^Scaled into 20 by 20 pixels/)).toBeVisible();
    await expect(draw.picture(/^Centre of mass in the middle, moved by/)).toBeVisible();
    await expect(draw.steps).toContainText(/without: \d at \d+ %/);
    const before = await drawing.preview.locator('canvas').screenshot();
    const scale = draw.step('Scale');
    await scale.focus();
    await page.keyboard.press('Space');
    await expect(draw.picture(/^The pad shrunk to 28 pixels, times 0.100/)).toBeVisible();
    await expect(draw.steps).toContainText(/with it: \d at \d+ %/);
    await expect(draw.steps.getByRole('status')).toHaveText('off here only, not in training');
    expect((await drawing.preview.locator('canvas').screenshot()).equals(before)).toBe(false);
    await draw.steps.getByRole('button', { name: 'Reset the steps' }).click();
    await expect(scale).toBeChecked();
    await expect
      .poll(async () => (await drawing.preview.locator('canvas').screenshot()).equals(before))
      .toBe(true);
  });

  await test.step('two digits are read one by one, and keys go from one to the other', async () => {
    await drawing.drawOne();
    await expect(draw.symbols).toHaveCount(2);
    await expect(draw.symbols.last()).toBeChecked();
    await expect(draw.symbols.first()).toHaveAccessibleName(/^1 from the left: \d \d+ %$/);
    const second = await drawing.preview.locator('canvas').screenshot();
    await draw.symbols.last().focus();
    await page.keyboard.press('ArrowLeft');
    await expect(draw.symbols.first()).toBeChecked();
    await expect(drawing.verdict).toContainText('Read as');
    expect((await drawing.preview.locator('canvas').screenshot()).equals(second)).toBe(false);
    expect(await seriousViolations(page)).toEqual([]);
  });

  await test.step('elsewhere the same drawing is still several digits', async () => {
    await window.goTo('Train');
    await expect(drawing.verdict).toContainText('There seem to be 2 digits');
  });
  expect(app.errors).toEqual([]);
});

test('a picture file or an image of the data is read in place of a drawing', async ({
  home,
  start,
}) => {
  await trainShortRun(home);
  const { app, window } = await start();
  const { page, drawing } = window;
  await window.goTo('Draw');
  const draw = new DrawPlace(page);
  await expect(draw.another).toBeEnabled();

  await test.step('a file is fitted, its light and dark as the data have them', async () => {
    const one = await draw.pictureOfOne();
    await draw.chooseFile('one.png', one);
    await expect(draw.told).toContainText('one.png');
    await expect(draw.told).toContainText('Fitted to 28×28');
    await expect(drawing.verdict).toContainText('Read as');
    const exchanged = page.getByLabel('Light and dark exchanged');
    await expect(exchanged).toBeChecked();
    const before = await drawing.preview.locator('canvas').screenshot();
    await exchanged.uncheck();
    expect((await drawing.preview.locator('canvas').screenshot()).equals(before)).toBe(false);
    await expect(draw.steps).toContainText('no box, scale or centre');
    await expect(draw.picture(/^The picture file/)).toBeVisible();
    await page.getByRole('button', { name: 'Back to the pad' }).click();
    await draw.drop('dropped.png', one);
    await expect(draw.told).toContainText('dropped.png');
    await draw.paste('pasted.png', one);
    await expect(draw.told).toContainText('pasted.png');
  });

  const own = join(home.path, 'own');
  mkdirSync(own);
  await test.step('it is kept with what it really is, a picture without strokes', async () => {
    await app.answerFolderDialog(own);
    await draw.really('1', false).click();
    await expect(draw.really('1', true)).toBeVisible();
    await expect(page.getByText('The picture is kept as 1.')).toBeVisible();
    expect(readdirSync(join(own, '1')).map(extname)).toEqual(['.png']);
    await draw.really('2', false).click();
    await expect(draw.really('2', true)).toBeVisible();
    const toast = page.getByRole('group', { name: 'What was done' });
    await toast.getByRole('button', { name: 'Undo' }).click();
    await expect(draw.really('1', true)).toBeVisible();
    expect(readdirSync(own)).toEqual(['1']);
  });

  await test.step('a file that cannot be read says what is wrong and what to do', async () => {
    const pad = page.getByRole('region', { name: 'Pad' });
    await draw.chooseFile('notes.png', Buffer.from('no picture at all'));
    await expect(pad.getByRole('alert')).toContainText('Take a PNG, JPEG, GIF, BMP or WebP file.');
    const one = await draw.pictureOfOne();
    await draw.chooseFile('broken.png', one.subarray(0, 60));
    await expect(pad.getByRole('alert')).toContainText('damaged or cut off');
    await expect(pad.getByRole('alert')).toContainText('broken.png');
    const huge = Buffer.from(one);
    huge.writeUInt32BE(90_000, 16);
    huge.writeUInt32BE(90_000, 20);
    await draw.chooseFile('huge.png', huge);
    await expect(pad.getByRole('alert')).toContainText('90,000×90,000 pixels');
    await pad.getByRole('button', { name: 'Dismiss' }).click();
    await expect(pad.getByRole('alert')).toHaveCount(0);
  });

  await test.step('one image after the other of the class that is chosen', async () => {
    await draw.sources.getByLabel('Class to take an image of').selectOption('7');
    await draw.another.click();
    await expect(draw.told).toContainText(/test image \d+, labelled 7/);
    const first = await draw.told.innerText();
    await draw.another.click();
    await expect(draw.told).not.toHaveText(first);
    await expect(draw.told).toContainText(/test image \d+, labelled 7/);
    await expect(draw.steps).toContainText('read as it is');
    await draw.really('7', false).click();
    await expect(page.getByRole('button', { name: 'kept: 2 pictures' })).toBeVisible();
    expect(readdirSync(own)).toEqual(['1', '7']);
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Back to the pad' }).click();
    await expect(drawing.canvas).toBeVisible();
    await drawing.drawOne();
    await expect(drawing.preview).toBeVisible();
    await expect(drawing.verdict).toContainText('Read as');
  });
  expect(app.errors).toEqual([]);
});
