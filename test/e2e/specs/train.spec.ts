import { expect, test } from '../fixtures/app.ts';

test.setTimeout(150_000);

test('a person chooses a folder, trains, pauses, draws digits, quits and goes on', async ({
  home,
  start,
}) => {
  const first = await start();
  const { window } = first;

  await test.step('choose a folder and start', async () => {
    await first.app.answerFolderDialog(home.run);
    await window.chooseFolder();
    await expect(window.folder).toContainText('my run');
    await window.goTo('Set up');
    await window.field('Epochs').fill('2');
    await window.goTo('Train');
    await window.start.click();
    await window.reaches(1, 60_000);
  });

  await test.step('the step number and the curves grow', async () => {
    const step = await window.step();
    const pictures = await Promise.all([
      window.curve('Loss').screenshot(),
      window.curve('Accuracy').screenshot(),
    ]);
    await window.reaches(step + 20, 30_000);
    expect((await window.curve('Loss').screenshot()).equals(pictures[0])).toBe(false);
    expect((await window.curve('Accuracy').screenshot()).equals(pictures[1])).toBe(false);
  });

  await test.step('a paused run stands still, and goes on', async () => {
    await window.pause.click();
    await expect(window.resume).toBeVisible();
    const step = await window.step();
    await window.page.waitForTimeout(1_200);
    expect(await window.step()).toBe(step);
    expect(home.checkpoints()).toEqual([step]);
    await window.resume.click();
    await window.reaches(step + 10, 30_000);
  });

  await test.step('what it has learned shows in what it makes of drawn digits', async () => {
    await window.reaches(300, 60_000);
    expect(await window.loss()).toBeLessThan(1);
    await window.drawing.drawOne();
    await expect.poll(() => window.drawing.prediction()).toBe('1');
    await window.drawing.clear.click();
    await window.drawing.drawZero();
    await expect.poll(() => window.drawing.prediction()).toBe('0');
    await window.drawing.clear.click();
    await window.drawing.drawZero(0.25, 0.8);
    await expect.poll(() => window.drawing.prediction()).toBe('0');
  });

  const stoppedAt = await test.step('stopping saves', async () => {
    await window.stop.click();
    await expect(window.resume).toBeVisible();
    const saved = home.checkpoints().at(-1)!;
    expect(saved).toBeGreaterThanOrEqual(await window.step());
    expect(first.app.errors).toEqual([]);
    await first.app.quit();
    return saved;
  });

  await test.step('the next start knows the folder, predicts, and goes on from the checkpoint', async () => {
    const second = await start();
    const again = second.window;
    await expect(again.folder).toContainText('my run');
    await expect(again.resume).toBeEnabled();
    expect(await again.loss()).toBeLessThan(1);
    await again.goTo('Set up');
    await again.field('Seed').fill('2');
    await expect(again.page.getByText('This folder’s run has seed 1.')).toBeVisible();
    await expect(again.resume).toBeDisabled();
    await again.field('Seed').fill('1');
    await again.goTo('Train');
    await again.drawing.drawOne();
    await expect.poll(() => again.drawing.prediction()).toBe('1');
    await again.resume.click();
    await again.reaches(stoppedAt + 5, 60_000);
    expect(second.app.errors).toEqual([]);
  });
});
