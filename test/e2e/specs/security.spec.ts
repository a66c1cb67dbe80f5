import type { Page } from 'playwright/test';
import { startHost } from '../../support/local-host.ts';
import { seriousViolations } from '../fixtures/axe.ts';
import { prepared } from '../fixtures/settings.ts';
import { expect, test } from '../fixtures/app.ts';

/** Tries what Electron's security checklist forbids, in the real app (docs/security.md). */

test('a page can reach nothing but the app’s own files and the contract', async ({ start }) => {
  const { app, window } = await start();
  const { page } = window;
  await expect(window.start).toBeVisible();

  // 1 Only our own content; 7 the policy: each of these is blocked, and reported.
  expect(await blockedBy(page, 'inline script')).toContain('script');
  expect(await blockedBy(page, 'style attribute')).toContain('style-src');
  expect(await blockedBy(page, 'remote image')).toContain('img-src');
  expect(await blockedBy(page, 'frame')).toMatch(/frame-src|default-src/);
  expect(await blockedBy(page, 'object')).toMatch(/object-src|trusted-types/);
  expect(await blockedBy(page, 'remote fetch')).toContain('connect-src');
  expect(await page.evaluate(outcomeOfEval)).toContain('EvalError');

  // 2 No Node; 20 nothing of Electron's but the contract's two functions.
  expect(
    await page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in globalThis),
    ),
  ).toEqual([]);
  expect(await page.evaluate(() => Object.keys(globalThis.window.firstlayer))).toEqual([
    'invoke',
    'on',
  ]);
  expect(
    await page.evaluate(() =>
      globalThis.window.firstlayer.invoke('quit', undefined).then(
        () => 'done',
        (error: unknown) => String(error),
      ),
    ),
  ).toContain('No handler registered');

  // 3, 4, 6, 8, 9, 10: read back from the window itself.
  const preferences = await app.electron.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => {
      const chosen = Reflect.get(contents, 'getLastWebPreferences') as () => Record<
        string,
        unknown
      >;
      const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag, ...others } =
        chosen.call(contents);
      return {
        ...{ sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag },
        weakened: [
          'allowRunningInsecureContent',
          'experimentalFeatures',
          'enableBlinkFeatures',
          'nodeIntegrationInSubFrames',
          'nodeIntegrationInWorker',
        ].filter((name) => Boolean(others[name])),
      };
    }),
  );
  expect(preferences).toEqual([
    {
      ...{ sandbox: true, contextIsolation: true, nodeIntegration: false },
      ...{ webSecurity: true, webviewTag: false, weakened: [] },
    },
  ]);

  // 5 Every permission; 12 webviews; 13 navigation; 14 windows; downloads.
  expect(await page.evaluate(grantedPermissions)).toEqual([]);
  const address = page.url();
  await page.evaluate(() => {
    const link = Object.assign(document.createElement('a'), {
      href: 'https://example.org/',
      download: 'x',
    });
    document.body.append(link, document.createElement('webview'));
    link.click();
    link.removeAttribute('download');
    link.click();
    link.target = '_blank';
    link.click();
    location.assign('data:text/html,x');
    globalThis.open('about:blank');
  });
  const drag = await page.context().newCDPSession(page);
  const data = {
    items: [{ mimeType: 'text/uri-list', data: 'https://example.org/' }],
    dragOperationsMask: 1,
  };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await drag.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  expect(page.url()).toBe(address);
  expect(app.electron.windows()).toHaveLength(1);
  expect(
    await app.electron.evaluate(({ webContents }) => webContents.getAllWebContents().length),
  ).toBe(1);

  // 18 The protocol leads nowhere but to the page's files.
  for (const path of [
    ...['..%2f..%2fpackage.json', '%2e%2e/%2e%2e/package.json', '%252e%252e%252fpackage.json'],
    ...[
      'assets%00.js',
      '%5c%5cserver%5cshare%5cx.js',
      '//server/share/x.js',
      'file:///etc/passwd',
      '..%5c..%5cpackage.json',
    ],
  ])
    expect(
      await page.evaluate(async (of) => (await fetch(`app://firstlayer/${of}`)).status, path),
      path,
    ).toBe(404);
  expect(
    await page.evaluate(() => fetch('file:///etc/passwd').then(() => 'read', String)),
  ).not.toBe('read');
});

test('nobody else’s page is answered, though it is the app’s own and has its preload', async ({
  start,
}) => {
  const { app, window } = await start();
  await expect(window.start).toBeVisible();
  const answer = await app.electron.evaluate(async ({ app: itself, BrowserWindow }, url) => {
    const preload = `${itself.getAppPath()}/dist/main/preload.cjs`;
    const other = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
    await other.loadURL(url);
    const said: unknown = await other.webContents.executeJavaScript(
      "window.firstlayer.invoke('snapshot').then(JSON.stringify, String)",
    );
    other.destroy();
    return String(said);
  }, window.page.url());
  expect(answer).toContain('it does not come from the app’s own window');
});

test('nothing is asked of newer versions until the person switches that on; then once, and what is newer can be looked at', async ({
  home,
  start,
}) => {
  test.skip(process.env.FIRSTLAYER_APP !== undefined, 'A packed app asks nobody but its own host.');
  const host = await startHost((_request, response) => {
    response.end(JSON.stringify({ tag_name: 'v99.0.0' }));
  });
  process.env.FIRSTLAYER_RELEASES_URL = host.url;
  try {
    home.writeSettings(prepared(home));
    const { app, window } = await start();
    const { page } = window;
    const isMarked = (): Promise<boolean | undefined> =>
      app.electron.evaluate(
        ({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('show-updates')?.checked,
      );
    await expect(window.start).toBeEnabled();
    expect(await isMarked()).toBe(false);
    await app.clickMenuItem('show-updates');
    const dialog = page.getByRole('dialog', { name: 'Newer versions' });
    await expect(dialog).toContainText(host.url);
    await expect(dialog).toContainText('is not asked');
    expect(await isMarked()).toBe(false);
    expect(host.asked).toHaveLength(0);

    await dialog.getByRole('switch', { name: 'Check for newer versions' }).check();
    await expect(dialog.getByRole('status')).toContainText('Version 99.0.0 is there');
    expect(await isMarked()).toBe(true);
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await app.electron.evaluate(({ shell }) => {
      Reflect.set(shell, 'openExternal', (address: string) => {
        Reflect.set(globalThis, 'opened', address);
        return Promise.resolve();
      });
    });
    const notice = page.getByRole('region', { name: 'Messages' });
    await notice.getByRole('button', { name: 'Open its page in the browser' }).click();
    await expect
      .poll(() => app.electron.evaluate(() => String(Reflect.get(globalThis, 'opened'))))
      .toBe('https://github.com/');
    await notice.getByRole('button', { name: 'Dismiss: Version 99.0.0 is there' }).click();
    await expect(notice.getByText('Version 99.0.0')).toBeHidden();
    await app.quit();

    const again = await start();
    await expect(again.window.start).toBeEnabled();
    await again.app.clickMenuItem('show-updates');
    await expect(again.window.page.getByRole('status').getByText('99.0.0')).toBeVisible();
    expect(host.asked).toHaveLength(1);
    expect(again.app.errors).toEqual([]);
  } finally {
    delete process.env.FIRSTLAYER_RELEASES_URL;
    await host.close();
  }
});

type Attempt =
  'inline script' | 'style attribute' | 'remote image' | 'frame' | 'object' | 'remote fetch';

/** Tries something, and returns the directives that were reported as violated; empty where nothing was. */
const blockedBy = (page: Page, attempt: Attempt): Promise<string> =>
  page.evaluate(async (what) => {
    const violated: string[] = [];
    const note = (event: SecurityPolicyViolationEvent): void =>
      void violated.push(event.effectiveDirective);
    document.addEventListener('securitypolicyviolation', note);
    const attempts: Record<Attempt, () => unknown> = {
      'inline script': () => {
        const script = document.createElement('script');
        script.append('globalThis.wasRun = true');
        document.body.append(script);
      },
      'style attribute': () => document.body.setAttribute('style', 'color: red'),
      'remote image': () =>
        document.body.append(Object.assign(new Image(), { src: 'https://example.org/x.png' })),
      frame: () =>
        document.body.append(
          Object.assign(document.createElement('iframe'), { src: 'https://example.org/' }),
        ),
      object: () =>
        document.body.append(
          Object.assign(document.createElement('object'), { data: 'https://example.org/' }),
        ),
      'remote fetch': () => fetch('https://example.org/').catch(() => undefined),
    };
    try {
      await attempts[what]();
    } catch (error) {
      violated.push(`script: ${String(error)}`);
    }
    // A frame's is reported by another process, which may be busy.
    const late = performance.now() + 5_000;
    do await new Promise((resolve) => setTimeout(resolve, 100));
    while (violated.length === 0 && performance.now() < late);
    document.removeEventListener('securitypolicyviolation', note);
    if ('wasRun' in globalThis) return 'it ran';
    return violated.join(' ');
  }, attempt);

/** What a test evaluates runs outside of the policy; what it leaves to a timer does not. */
const outcomeOfEval = (): Promise<string> =>
  new Promise((resolve) => {
    setTimeout(() => {
      try {
        resolve(String(globalThis.eval('1 + 1')));
      } catch (error) {
        resolve(String(error));
      }
    });
  });

async function grantedPermissions(): Promise<string[]> {
  const names = [
    'geolocation',
    'notifications',
    'camera',
    'microphone',
    'midi',
    'clipboard-read',
    'persistent-storage',
    'local-fonts',
  ];
  const states = await Promise.all(
    names.map(async (name) => {
      try {
        return (await navigator.permissions.query({ name: name as PermissionName })).state;
      } catch {
        return 'unknown';
      }
    }),
  );
  const isHeard = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
    () => true,
    () => false,
  );
  return [...names.filter((_, k) => states[k] === 'granted'), ...(isHeard ? ['audio'] : [])];
}
