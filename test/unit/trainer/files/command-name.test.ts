import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandOf, isInstalled } from '../../../../main/trainer/files/command-name.ts';

test.each([
  ['file:///opt/Firstlayer/resources/app.asar/dist/trainer/data.js', 'firstlayer --data'],
  ['file:///C:/Apps/My%20app/resources/app.asar/dist/main/index.js', 'firstlayer --data'],
  // Electron runs the sources' programs, too: npm start.
  ['file:///home/person/firstlayer/dist/trainer/utility-main.js', 'npm run data --'],
])('a program in %s is called as a person can call it there', (place, command) => {
  expect(commandOf('data', place)).toBe(command);
});

test('these tests are run from the sources', () => {
  expect(isInstalled()).toBe(false);
});

test('no other text of the app says how a program is called', () => {
  const root = join(import.meta.dirname, '../../../..');
  const files = ['main', 'shared', 'renderer'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(ts|mjs|svelte)$/.test(path))
      .map((path) => join(room, path).replaceAll('\\', '/')),
  );
  const comments = /\/\*[^]*?\*\/|^\s*\/\/.*$/gm;
  const naming = files.filter((path) =>
    readFileSync(join(root, path), 'utf8').replaceAll(comments, '').includes('npm run '),
  );
  expect(naming).toEqual(['main/trainer/files/command-name.ts']);
});
