import { expect, test } from '../fixtures/app.ts';
import { seriousViolations } from '../fixtures/axe.ts';

/** As Chromium calls the process that it has for it otherwise. */
const NETWORK = 'network.mojom.NetworkService';

test('opens with its title, without errors, under a strict policy, and alone', async ({
  start,
}) => {
  const { app, window } = await start();
  await expect(window.page).toHaveTitle(/Firstlayer/);
  await expect(window.start).toBeVisible();
  await expect(window.drawing.canvas).toBeVisible();
  const policy = await window.page.evaluate(async () => {
    const response = await fetch(location.href);
    return response.headers.get('content-security-policy') ?? '';
  });
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  expect(await window.page.evaluate(() => typeof Reflect.get(globalThis, 'require'))).toBe(
    'undefined',
  );
  // Its window is there sooner without a process for the network (main/chromium-features.ts).
  if (process.platform === 'linux') expect(await app.serviceNames()).not.toContain(NETWORK);
  expect(app.errors).toEqual([]);
});

for (const look of ['light', 'dark', 'forced colours'] as const)
  test(`has no serious accessibility violation in any place in ${look}`, async ({ start }) => {
    const { app, window } = await start();
    const { page } = window;
    const theme: 'light' | 'dark' = look === 'light' ? 'light' : 'dark';
    await app.electron.evaluate(({ nativeTheme }, source) => {
      nativeTheme.themeSource = source;
    }, theme);
    if (look === 'forced colours') await page.emulateMedia({ forcedColors: 'active' });
    await expect(window.start).toBeVisible();
    const isSo = (query: string): Promise<boolean> =>
      page.evaluate((asked) => matchMedia(asked).matches, query);
    expect(await isSo('(prefers-color-scheme: dark)')).toBe(look !== 'light');
    expect(await isSo('(forced-colors: active)')).toBe(look === 'forced colours');
    for (const place of ['Set up', 'Draw', 'Mistakes', 'Runs', 'Train'] as const) {
      await window.goTo(place);
      expect(await seriousViolations(page), place).toEqual([]);
    }
  });

test('starts with its defaults when the settings are torn, and says so', async ({
  home,
  start,
}) => {
  home.writeSettingsText('{"folder": "/torn');
  const { window } = await start();
  await expect(window.page.getByText(/settings could not be read/)).toBeVisible();
});

test('a second start brings the first window forward instead', async ({ start }) => {
  const { app } = await start();
  expect(await app.startAgain()).toBe(0);
  expect(app.electron.windows()).toHaveLength(1);
});
