import { app, protocol, session, type WebPreferences } from 'electron';
import { currentLanguage } from '../shared/language.ts';
import { serveFile, ORIGIN, originOf, SCHEME } from './app-protocol.ts';

/** Denies a page everything but the app's own files. */

/** Where the window's page comes from: our own scheme, or in development Vite's server. */
export interface PageSource {
  url: string;
  origin: string;
}

/** The development server is used only if the app is not packaged, so that no environment variable can redirect a shipped app. */
export function pageSource(): PageSource {
  const dev = app.isPackaged ? undefined : process.env.FIRSTLAYER_DEV_URL;
  const url = dev ?? `${ORIGIN}/`;
  return { url, origin: dev === undefined ? ORIGIN : new URL(dev).origin };
}

/** The page is built once for each language; the development server serves one. */
export const pageUrl = ({ url, origin }: PageSource, language = currentLanguage()): string =>
  origin === ORIGIN && language !== 'en' ? `${ORIGIN}/${language}/index.html` : url;

/** Preferences of each of our windows. */
export const webPreferences: WebPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
  spellcheck: false,
};

/**
 * Must be called before the app is ready. The page's code is kept compiled in the profile, as Chromium does for every site: it lies beside the
 * settings, with the same rights, and what it could do is what the page may do.
 */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

/** Serves `root` to the window and denies all else; must be called when the app is ready and before any window is made. */
export function secureSession(root: string, page: PageSource): void {
  // `protocol.handle` would first load all of Node's fetch: some 70 ms of each start. Both end in the same loader of Electron.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  protocol.registerBufferProtocol(SCHEME, (request, reply) => {
    void serveFile(root, request).then(reply);
  });

  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, reply) => {
    reply(false);
  });
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.webRequest.onBeforeRequest(({ url }, reply) => {
    reply({ cancel: !mayLoad(url, page.origin) });
  });
  defaultSession.on('will-download', (event) => {
    event.preventDefault();
  });
}

/** Denies navigation, new windows and webviews to every page, whoever made it. */
export function guardContents(page: PageSource): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame || originOf(event.url) !== page.origin) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
    });
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

function mayLoad(address: string, origin: string): boolean {
  const from = originOf(address);
  if (from === origin || from === ORIGIN) return true;
  if (app.isPackaged) return address.startsWith('data:') || address.startsWith('blob:');
  // Vite's hot reload speaks over a WebSocket of the page's own host.
  return (
    /^(data|blob|devtools|chrome-extension):/.test(address) ||
    from === origin.replace(/^http/, 'ws')
  );
}
