import { resolve } from 'node:path';
import './setup/node-version.mjs';
import { main, SetupError } from './setup/failure.mjs';
import { appParts, appTargets, prepare } from './setup/index.mjs';
import { root } from './setup/places.mjs';
import { withScreen } from './testing/screen.mjs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

// npm run pictures -- OUT [STATES]: photographs the real app in its places and states, light, dark, small, large and with forced colours.
await main(async () => {
  const [out, ...scenes] = process.argv.slice(2);
  if (out === undefined)
    throw new SetupError(
      'It is not told where the pictures go.',
      'npm run pictures',
      'Name a folder: npm run pictures -- OUT.',
    );
  await prepare([...appParts, 'screen'], appTargets);
  return withScreen(async () => {
    const program = [
      'node_modules/playwright/cli.js',
      'test',
      '-c',
      'test/pictures/playwright.config.ts',
    ];
    const child = spawn(process.execPath, [...program, ...scenes], {
      cwd: root,
      env: { ...process.env, FIRSTLAYER_PICTURES: resolve(out) },
      stdio: 'inherit',
    });
    await once(child, 'exit');
    return child.exitCode ?? 1;
  }, '3840x2160');
});
