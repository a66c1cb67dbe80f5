import { expect, it } from 'vitest';
import { archive, archived } from '../../../scripts/setup/asar.mjs';

it('what goes into an Electron archive comes out of it', () => {
  const files = { 'package.json': Buffer.from('{"name":"naïve"}'), 'main.js': Buffer.from('1;\n') };
  expect(Object.fromEntries(archived(archive(files)))).toEqual(files);
});
