import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { expect, test } from '../fixtures/app.ts';
import { prepared } from '../fixtures/settings.ts';
import { idxFolder } from '../fixtures/idx-folder.ts';

/** What the desktop was asked for, as the spies in the main process noted it. */
interface Noted {
  awake: boolean[];
  bars: number[];
  notices: string[];
}

test('the desktop shows the run: title, progress, no sleep, a notice; a second start opens its folder; failures are logged', async ({
  home,
  start,
}) => {
  const settings = prepared(home);
  const { config } = settings;
  home.writeSettings({
    ...settings,
    config: {
      ...config,
      data: {
        ...config.data,
        dataset: idxFolder(join(home.path, 'digits')),
        batchSize: 50,
        validationSize: 100,
      },
      training: { ...config.training, epochs: 3 },
    },
  });
  const { app, window } = await start();
  await app.electron.evaluate(({ powerSaveBlocker, BrowserWindow, Notification }) => {
    const noted: Noted = { awake: [], bars: [], notices: [] };
    Reflect.set(globalThis, 'noted', noted);
    const begin = powerSaveBlocker.start.bind(powerSaveBlocker);
    powerSaveBlocker.start = (type) => {
      noted.awake.push(true);
      return begin(type);
    };
    const end = powerSaveBlocker.stop.bind(powerSaveBlocker);
    powerSaveBlocker.stop = (id) => {
      noted.awake.push(false);
      return end(id);
    };
    const [opened] = BrowserWindow.getAllWindows();
    if (!opened) throw new Error('The app has no window.');
    const show = opened.setProgressBar.bind(opened);
    opened.setProgressBar = (share, options) => {
      noted.bars.push(share);
      show(share, options);
    };
    Notification.isSupported = () => true;
    Notification.prototype.show = function () {
      noted.notices.push(`${this.title}: ${this.body}`);
    };
    // The person is elsewhere.
    opened.isFocused = () => false;
  });
  const noted = (): Promise<Noted> =>
    app.electron.evaluate(() => Reflect.get(globalThis, 'noted') as Noted);
  const title = (): Promise<string> =>
    app.electron.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle() ?? '',
    );
  await expect.poll(title).toBe('Ready — my run — Firstlayer');
  await window.start.click();
  await expect
    .poll(title)
    .toMatch(/^(Training|Evaluating|Saving), epoch [123] of 3 — my run — Firstlayer$/);
  await expect(window.page.getByTestId('finished')).toBeVisible({ timeout: 60_000 });
  await expect.poll(title).toBe('Ready — my run — Firstlayer');
  const { awake, bars, notices } = await noted();
  expect(awake).toEqual([true, false]);
  expect(bars.at(-1)).toBe(-1);
  expect(bars.filter((share) => share > 0 && share <= 1).length).toBeGreaterThan(1);
  expect(notices).toHaveLength(1);
  expect(notices[0]).toMatch(
    /^Training has finished: my run: Test accuracy \d+\.\d\d\s%, after \d/,
  );

  const other = join(home.path, 'other & run');
  mkdirSync(other);
  expect(await app.startAgain(other)).toBe(0);
  await expect.poll(title).toBe('Ready — other & run — Firstlayer');
  const recent = (): Promise<string[]> =>
    app.electron.evaluate(
      ({ Menu }) =>
        Menu.getApplicationMenu()
          ?.getMenuItemById('open-recent')
          ?.submenu?.items.map(({ label }) => label) ?? [],
    );
  expect(await recent()).toEqual(['~/my run']);
  expect(await app.startAgain(join(home.path, 'gone'))).toBe(0);
  await app.electron.evaluate(({ Menu }) => {
    Menu.getApplicationMenu()?.getMenuItemById('open-recent')?.submenu?.items[0]?.click();
  });
  await expect.poll(title).toBe('Ready — my run — Firstlayer');

  // Chromium's own drag, as if from the file manager.
  const { page } = window;
  const drag = await page.context().newCDPSession(page);
  const data = { items: [], files: [other], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await drag.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
  await expect.poll(title).toBe('Ready — other & run — Firstlayer');
  const byPage = await page.evaluate(
    (path) =>
      globalThis.window.firstlayer.invoke('openDroppedFolder', { path }).then(
        () => 'opened',
        (error: unknown) => String(error),
      ),
    home.run,
  );
  expect(byPage).toContain('Only what a person drops is opened.');

  // A failure is logged, and copied without the name of the person's home folder.
  await app.electron.evaluate(({ shell }) => {
    shell.openPath = () => Promise.resolve('no file manager');
  });
  await app.clickMenuItem('reveal-folder');
  await window.page.getByRole('button', { name: 'Copy details' }).click();
  await expect(window.page.getByText('The details are copied.')).toBeVisible();
  const copied = await app.electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toContain('no file manager\nWhere: ~/other & run');
  expect(copied).toContain('Firstlayer ');
  const log = readFileSync(join(home.profile, 'logs/main.log'), 'utf8');
  expect(log).toContain('no file manager');
});

test('an app whose page is not there says so, and what to do, in its log too', async ({ home }) => {
  const broken = join(home.path, 'broken app');
  const root = resolve(import.meta.dirname, '../../..');
  mkdirSync(join(broken, 'dist'), { recursive: true });
  cpSync(join(root, 'package.json'), join(broken, 'package.json'));
  for (const part of ['main', 'trainer'])
    cpSync(join(root, 'dist', part), join(broken, 'dist', part), { recursive: true });
  const electron = spawn(
    createRequire(import.meta.url)('electron') as string,
    [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--user-data-dir=${home.profile}`,
      broken,
    ],
    { stdio: 'ignore', env: { ...process.env, HOME: home.path } },
  );
  try {
    const file = join(home.profile, 'logs/main.log');
    await expect
      .poll(() => (existsSync(file) ? readFileSync(file, 'utf8') : ''), { timeout: 20_000 })
      .toContain('The window’s page is not there');
    expect(basename(file)).toBe('main.log');
    // Its message waits for the person.
    expect(electron.exitCode).toBeNull();
  } finally {
    electron.kill('SIGKILL');
  }
});
