import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readJson } from '../../../scripts/setup/json.mjs';

const root = join(import.meta.dirname, '../../..');
type Listed = Record<'dependencies' | 'devDependencies', Record<string, string>>;
interface Locked {
  version?: string;
  integrity?: string;
  resolved?: string;
}
const listed = readJson(join(root, 'package.json')) as Listed;
const { packages } = readJson(join(root, 'package-lock.json')) as {
  packages: Record<string, Locked>;
};
const { '': own, ...locked } = packages;

test('the lock file is of this package.json', () => {
  for (const kind of ['dependencies', 'devDependencies'] as const) {
    expect((own as Listed)[kind]).toEqual(listed[kind]);
    for (const [name, version] of Object.entries(listed[kind]))
      expect(locked[`node_modules/${name}`]?.version, name).toBe(version);
  }
});

test('what is installed is the same everywhere, from whichever registry', () => {
  const all = Object.entries(locked);
  expect(all.length).toBeGreaterThan(500);
  expect(all.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([]);
  expect(all.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});
