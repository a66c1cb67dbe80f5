import { renameSync } from 'node:fs';
import { prepared } from '../fixtures/settings.ts';
import { expect, test } from '../fixtures/app.ts';
import { isAlive } from '../runner/running-app.ts';

test('the killed trainer is told of, the window lives, and the run goes on from its checkpoint', async ({
  home,
  start,
}) => {
  home.writeSettings(prepared(home));
  const { app, window } = await start();
  await window.start.click();
  await window.reaches(20, 60_000);
  // A pause saves.
  await window.pause.click();
  await expect(window.resume).toBeVisible();
  await expect.poll(() => home.checkpoints().length).toBeGreaterThan(0);
  const [saved] = home.checkpoints();
  await window.resume.click();
  await window.reaches(saved! + 10, 30_000);

  const pid = await app.trainerPid();
  process.kill(pid!, 'SIGKILL');
  await expect(window.failure).toContainText('The trainer stopped unexpectedly (signal 9)');
  await window.goTo('Set up');
  await window.field('Epochs').fill('7');
  await expect(window.field('Epochs')).toHaveValue('7');

  await window.page.getByRole('button', { name: /Go on from the last checkpoint/ }).click();
  await expect(window.pause).toBeVisible({ timeout: 30_000 });
  await expect(window.failure).toBeHidden();
  await window.reaches(saved! + 20, 30_000);
  expect(await app.trainerPid()).not.toBe(pid);
});

test('killed before its first checkpoint, the run is begun again, as the notice says', async ({
  home,
  start,
}, info) => {
  home.writeSettings(prepared(home));
  const { app, window } = await start();
  await window.start.click();
  await window.reaches(20, 60_000);
  const pid = await app.trainerPid();
  process.kill(pid!, 'SIGKILL');
  await expect(window.failure).toContainText('there is no checkpoint in this folder yet');
  await expect(window.start).toBeEnabled();
  await expect(window.page.getByRole('button', { name: /last checkpoint/ })).toBeHidden();
  await window.page.screenshot({ path: info.outputPath('crashed.png') });
  expect(home.checkpoints()).toEqual([]);

  await window.page.getByRole('button', { name: 'Start again' }).click();
  await expect(window.pause).toBeVisible({ timeout: 30_000 });
  await expect(window.failure).toBeHidden();
  // From the first step, in another process.
  await expect.poll(() => window.step()).toBeLessThan(20);
  await window.reaches(5, 60_000);
  expect(await app.trainerPid()).not.toBe(pid);
});

test('with the folder gone too, the notice says so, and the button goes on once it is back', async ({
  home,
  start,
}) => {
  home.writeSettings(prepared(home));
  const { app, window } = await start();
  await window.start.click();
  await window.reaches(20, 60_000);
  await window.pause.click();
  await expect(window.resume).toBeVisible();
  await expect.poll(() => home.checkpoints().length).toBe(1);
  const [saved] = home.checkpoints();
  const away = `${home.run} away`;
  renameSync(home.run, away);
  process.kill((await app.trainerPid())!, 'SIGKILL');
  await expect(window.failure).toContainText('not there any more');
  const goOn = window.page.getByRole('button', { name: 'Go on from the last checkpoint' });
  await goOn.click();
  await expect(window.page.getByText('The checkpoint folder is not there.')).toBeVisible();
  await expect(window.failure).toBeVisible();
  renameSync(away, home.run);
  await goOn.click();
  await window.reaches(saved! + 5, 60_000);
});

test('when the app itself is killed, its trainer and all its other processes end too', async ({
  home,
  start,
}) => {
  home.writeSettings(prepared(home));
  const { app, window } = await start();
  await window.start.click();
  await window.reaches(1, 60_000);
  const processes = await app.processIds();
  expect(processes).toContain(await app.trainerPid());
  expect(processes.filter((pid) => !isAlive(pid))).toEqual([]);
  await app.kill();
  await expect.poll(() => processes.filter(isAlive), { timeout: 10_000 }).toEqual([]);
});
