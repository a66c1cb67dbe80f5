import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeFolders } from '../../../../main/trainer/files/durable-files.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'firstlayer-folders-'));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

it('makes what is missing, and takes what is there', async () => {
  const path = join(home, 'a', 'b', 'c');
  await makeFolders(path);
  await makeFolders(path);
  expect(statSync(path).isDirectory()).toBe(true);
});

it('gives up below a link to nowhere, at once', async () => {
  const link = join(home, 'disk');
  symlinkSync(join(home, 'unplugged'), link);
  for (const path of [join(link, 'run'), join(link, 'runs', 'first')])
    await expect(makeFolders(path)).rejects.toThrow('ENOENT');
});

it.runIf(process.platform === 'linux')('gives up where nothing can be made', async () => {
  await expect(makeFolders('/proc/run')).rejects.toThrow('ENOENT');
});

it('gives up below a file', async () => {
  const file = join(home, 'file');
  writeFileSync(file, '');
  await expect(makeFolders(join(file, 'run'))).rejects.toThrow(/ENOTDIR|EEXIST/);
});
