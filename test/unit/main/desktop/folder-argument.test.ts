import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { folderArgument, handedOnFolder } from '../../../../main/desktop/folder-argument.ts';

const home = mkdtempSync(join(tmpdir(), 'firstlayer-argument-'));
afterAll(() => rmSync(home, { recursive: true }));
const own = join(home, 'app');
const run = join(home, 'my run');
mkdirSync(own);
mkdirSync(run);
writeFileSync(join(home, 'file'), '');

it.each([
  [[run], run],
  [['my run'], run],
  [['--no-sandbox', own, run], run],
  [[own], null],
  [['app', '--setup', 'my run'], null],
  [['file', 'gone'], null],
  [[], null],
])('of the arguments %j the first folder that is not the app is opened', (args, folder) => {
  expect(folderArgument(args, home, own)).toBe(folder);
});

it.each([
  [{ setup: null, folder: '/run' }, '/run'],
  [{ folder: null }, null],
  [{ folder: 7 }, null],
  [undefined, null],
])('of what another start hands on, %j, the folder is taken', (data, folder) => {
  expect(handedOnFolder(data)).toBe(folder);
});
