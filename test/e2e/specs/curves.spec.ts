import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seriousViolations } from '../fixtures/axe.ts';
import { unreadCharts } from '../fixtures/readings.ts';
import { expect, test } from '../fixtures/app.ts';
import { trainShortRun } from '../fixtures/short-run.ts';
import { CurveCharts } from '../pages/curve-charts.ts';

/** Two epochs of eight steps each. */
const STEPS = 16;
const whole = { from: 0, to: STEPS };

test('a person looks closer at the curves, by key, box, wheel, button and number, and comes back to it after a reload', async ({
  home,
  start,
}) => {
  await trainShortRun(home);
  const { app, window } = await start();
  const charts = new CurveCharts(window.page);
  const loss = charts.chart('Loss');
  await expect(loss).toHaveAttribute('data-points', String(STEPS));
  expect(await charts.shown()).toEqual(whole);
  expect(await seriousViolations(window.page)).toEqual([]);
  expect(await unreadCharts(window.page)).toEqual([]);

  await test.step('the keys go from point to point and from epoch to epoch, and say what is there', async () => {
    await loss.focus();
    await window.page.keyboard.press('End');
    await expect(charts.spoken).toHaveText(/^Loss at step 16, epoch 2: training .*, validation /);
    await window.page.keyboard.press('ArrowLeft');
    await expect(charts.spoken).toHaveText(/^Loss at step 15, epoch 2: /);
    await window.page.keyboard.press('Shift+ArrowLeft');
    await expect(charts.spoken).toHaveText(/^Loss at step 8, epoch 1: .*, validation /);
    await expect(window.page.getByTestId('read-out').first()).toContainText('step 8 · epoch 1');
    await window.page.keyboard.press('Home');
    await expect(charts.spoken).toHaveText(/^Loss at step 1, /);
    await window.page.keyboard.press('Escape');
    await expect(charts.spoken).toBeEmpty();
  });

  await test.step('plus and minus, 0, the buttons and the wheel with Ctrl zoom both charts; the wheel alone does not', async () => {
    await window.page.keyboard.press('+');
    await expect.poll(() => charts.shown()).toEqual({ from: 8, to: 16 });
    expect(await charts.shown('Accuracy')).toEqual({ from: 8, to: 16 });
    // It followed the newest, and still does.
    await expect(charts.follow).toBeChecked();
    await window.page.keyboard.press('0');
    await expect.poll(() => charts.shown()).toEqual(whole);
    await charts.turnWheel('Loss', 120, false);
    await charts.turnWheel('Loss', -120, false);
    expect(await charts.shown()).toEqual(whole);
    await charts.turnWheel('Loss', -200, true);
    await expect.poll(async () => (await charts.shown()).to).toBeLessThan(STEPS);
    await expect(charts.follow).not.toBeChecked();
    await charts.whole.click();
    expect(await charts.shown()).toEqual(whole);
    await expect(charts.follow).toBeChecked();
    await charts.closer.click();
    await charts.farther.click();
    expect(await charts.shown()).toEqual(whole);
  });

  await test.step('a box shows what it frames, and stays over another axis and a reload', async () => {
    await charts.drawBox('Loss', 0.25, 0.75, 4);
    const { from, to } = await charts.shown();
    expect(from).toBeCloseTo(4, 0);
    expect(to).toBeCloseTo(12, 0);
    await charts.drawOver('Epochs');
    await expect(loss).toHaveAccessibleName(/^Loss by epoch/);
    await charts.drawOver('Time');
    await expect(loss).toHaveAccessibleName(/^Loss by time/);
    await charts.logarithmic.check();
    await charts.smoothing.selectOption('none');
    await charts.rate.check();
    await window.page.waitForTimeout(600);
    await window.page.reload();
    await expect(charts.axis('Time')).toBeChecked();
    await expect(charts.logarithmic).toBeChecked();
    await expect(charts.smoothing).toHaveValue('0');
    await expect(charts.follow).not.toBeChecked();
    await expect(charts.chart('Learning rate')).toBeVisible();
    expect(await charts.shown()).toEqual({ from, to });
  });

  await test.step('limits are typed, and refused where they are none', async () => {
    const limits = await charts.openLimits();
    await limits.getByLabel('Steps from').fill('2');
    await limits.getByLabel('Steps to').fill('1');
    await expect(limits.getByText('Two numbers, the first of which is the less.')).toBeVisible();
    await limits.getByLabel('Steps to').fill('10');
    expect(await charts.shown()).toEqual({ from: 2, to: 10 });
    await limits.getByLabel('Accuracy, % from').fill('50');
    await limits.getByLabel('Accuracy, % to').fill('100');
    expect(await seriousViolations(window.page)).toEqual([]);
    await limits.getByRole('button', { name: 'What fits, everywhere' }).click();
    expect(await charts.shown()).toEqual(whole);
    await expect(limits.getByLabel('Accuracy, % from')).toHaveValue('');
    await window.page.keyboard.press('Escape');
  });

  await test.step('a chart is saved as picture and as numbers, and copied', async () => {
    const fileOf = (name: string): string => join(home.path, name);
    for (const format of ['PNG', 'SVG', 'CSV'] as const) {
      const name = `loss.${format.toLowerCase()}`;
      await app.answerSaveDialog(fileOf(name));
      await charts.export('Loss', 'Save', format);
      await expect(window.page.getByText(`saved as ${fileOf(name)}.`)).toBeVisible();
    }
    expect(readFileSync(fileOf('loss.png')).subarray(1, 4).toString()).toBe('PNG');
    expect(readFileSync(fileOf('loss.svg'), 'utf8')).toMatch(/^<svg .*<title>Training loss /s);
    const [head, ...rows] = readFileSync(fileOf('loss.csv'), 'utf8').trim().split('\n');
    expect(head).toBe('step,epoch,seconds,training loss,validation loss');
    expect(rows).toHaveLength(STEPS);
    await charts.export('Accuracy', 'Copy', 'CSV');
    await expect(window.page.getByText('The numbers are copied.')).toBeVisible();
    const copied = await app.electron.evaluate(({ clipboard }) => clipboard.readText());
    expect(copied).toMatch(/^step,epoch,seconds,training accuracy,validation accuracy\n1,1,/);
    await charts.export('Accuracy', 'Copy', 'PNG');
    await expect(window.page.getByText('The picture is copied.')).toBeVisible();
  });

  await test.step('a curve can be heard', async () => {
    await window.page.getByRole('button', { name: 'Loss: copy, save, listen' }).click();
    await window.page.getByRole('menuitem', { name: 'Listen to it' }).click();
    const heard = window.page.getByRole('application', { name: 'Loss to be heard' });
    await expect(heard).toBeFocused();
    await window.page.keyboard.press('ArrowRight');
    await expect(window.page.getByText(/^step 2, /)).toBeVisible();
    await window.page.getByRole('button', { name: 'Silence' }).click();
    await expect(heard).toBeHidden();
  });
  expect(app.errors).toEqual([]);
});
