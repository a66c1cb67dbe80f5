import { drawPrompt, expectedClassNames } from '../../../renderer/text/class-words.ts';
import { expect, test } from '../fixtures/app.ts';

test('a dot and several digits are not read but said, to the ear too', async ({ start }) => {
  const { app, window } = await start();
  const { drawing } = window;

  await test.step('a dot', async () => {
    await drawing.tap();
    await expect(drawing.verdict).toHaveText('Too little to be read: draw it larger');
    await expect(drawing.spoken).toHaveText('Too little to be read: draw it larger');
    await expect(drawing.preview).toBeHidden();
    await drawing.clear.click();
    await expect(drawing.verdict).toHaveText(drawPrompt(expectedClassNames('mnist')));
  });

  await test.step('a small digit', async () => {
    await drawing.drawZero(0.3, 0.2);
    await expect(drawing.preview).toBeVisible();
    await expect(drawing.verdict).toHaveText('Start training and this will be read');
  });

  await test.step('another one beside it', async () => {
    await drawing.drawZero(0.3, 0.5);
    const said = 'There seem to be 2 digits; the network reads one at a time';
    await expect(drawing.verdict).toHaveText(said);
    await expect(drawing.spoken).toHaveText(said);
    await expect(drawing.preview).toBeHidden();
  });

  await test.step('one again', async () => {
    await drawing.undo.click();
    await expect(drawing.preview).toBeVisible();
    await expect(drawing.spoken).toHaveText('');
  });

  await test.step('a digit with a dot beside it', async () => {
    await drawing.tap([0.4, 0.4]);
    await expect(drawing.preview).toBeVisible();
    expect(app.errors).toEqual([]);
  });
});
