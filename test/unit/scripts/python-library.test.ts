import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { pythonLibraryIn, pythonPackage } from '../../../scripts/testing/python-library.mjs';

const folder = mkdtempSync(join(tmpdir(), 'firstlayer-python-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('finds the library of any Python 3', () => {
  expect(pythonLibraryIn(join(folder, 'missing'))).toBeNull();
  writeFileSync(join(folder, 'libpython3.so'), '');
  expect(pythonLibraryIn(folder)).toBeNull();
  writeFileSync(join(folder, 'libpython3.14.so.1.0'), '');
  expect(pythonLibraryIn(folder)).toBe(join(folder, 'libpython3.14.so.1.0'));
});

const python = '/usr/bin/python3';

it.runIf(existsSync(python))('names the package after the system’s own Python', async () => {
  const { stdout } = spawnSync(python, ['--version'], { encoding: 'utf8' });
  expect(await pythonPackage()).toBe(`libpython${/\d+\.\d+/.exec(stdout)?.[0]}`);
});
