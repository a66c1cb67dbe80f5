import './setup/node-version.mjs';
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { dist } from './setup/build.mjs';
import { electronArguments, electronExecutable } from './setup/electron-path.mjs';
import { main } from './setup/failure.mjs';
import { appParts, prepare } from './setup/index.mjs';
import { root } from './setup/places.mjs';
import { say } from './setup/progress.mjs';

/** A build writes several files at once, so a restart waits this many milliseconds after a change. */
const SETTLE = 300;

// npm run dev: the window reloads what changes in it; the app restarts when anything behind the window changes.
await main(async () => {
  await prepare(appParts, []);
  const { build, createServer } = await import('vite');
  const { configsOf, renderer } = await import('./vite.config.mjs');

  const server = await createServer({
    ...renderer(join(dist, 'renderer')),
    server: { host: '127.0.0.1', port: await freePort(), strictPort: true },
  });
  await server.listen();
  const url = server.resolvedUrls?.local[0] ?? '';
  say(`Window: ${url}`);

  /** @type {import('node:child_process').ChildProcess | null} */
  let app = null;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  let restarting = false;
  let waiting = 0;

  const open = () => {
    app = spawn(electronExecutable(), [...electronArguments(), root, ...process.argv.slice(2)], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      // The terminal's signals then reach this process only.
      detached: process.platform !== 'win32',
      env: { ...process.env, FIRSTLAYER_DEV_URL: url },
    });
    app.on('exit', (code) => {
      // The person has closed the window, unless this process is restarting the app.
      if (!restarting) process.exit(code ?? 1);
      restarting = false;
      open();
    });
  };
  const end = () => {
    if (!app) process.exit(0);
    restarting = false;
    app.kill();
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, end);
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (waiting > 0) return;
      if (!app) {
        open();
      } else if (!restarting) {
        say('Changed behind the window: the app starts anew.');
        restarting = true;
        app.kill();
      }
    }, SETTLE);
  };
  for (const target of ['main', 'trainer']) {
    const folder = join(dist, target);
    // The folder must not keep a build's stamp: from now on its content changes without one.
    rmSync(folder, { recursive: true, force: true });
    for (const config of configsOf(target, folder)) {
      waiting++;
      const watcher = await build({
        ...config,
        logLevel: 'warn',
        build: { ...config.build, watch: {} },
      });
      if (!('on' in watcher)) throw new Error('Vite does not watch.');
      let first = true;
      watcher.on('event', (event) => {
        if (event.code === 'ERROR') say(event.error.message);
        if (event.code !== 'BUNDLE_END') return;
        if (first) waiting--;
        first = false;
        changed();
      });
    }
  }
  // The server and the watchers keep this process alive until the app is closed.
  return 0;
});

/** @returns {Promise<number>} */
async function freePort() {
  const { createServer } = await import('node:net');
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}
