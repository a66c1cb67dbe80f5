import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lookUpOwnNamesFirst } from '../../../scripts/setup/own-names-first.mjs';
import { canCompile } from '../../support/compiler.ts';
import { temporaryFolder } from '../../support/folders.ts';

/** The program has a function of the same name, as Electron and the libraries that it loads have some of TensorFlow's. */
const library = `
int number() { return 1; }
int (*table[])() = { number };
extern "C" int entry() { return 10 * number() + table[0](); }`;
const program = `
#include <dlfcn.h>
#include <stdio.h>
int number() { return 2; }
int main(int, char** argv) {
  void* library = dlopen(argv[1], RTLD_LAZY);
  if (!library) { puts(dlerror()); return 1; }
  printf("%d %d", number(), ((int (*)()) dlsym(library, "entry"))());
}`;

test.skipIf(!canCompile)(
  'a library takes its own function before another of that name',
  async () => {
    const folder = temporaryFolder();
    const place = (name: string): string => join(folder, name);
    writeFileSync(place('library.cc'), library);
    writeFileSync(place('program.cc'), program);
    const compile = (...args: string[]): void => {
      execFileSync('g++', args, { cwd: folder });
    };
    compile('-shared', '-fPIC', '-o', 'library.so', 'library.cc');
    compile('-rdynamic', '-o', 'program', 'program.cc');
    const run = (): string =>
      execFileSync(place('program'), [place('library.so')], { encoding: 'utf8' });
    expect(run()).toBe('2 22');
    expect(await lookUpOwnNamesFirst(place('library.so'))).toBe(true);
    expect(run()).toBe('2 11');
  },
);

test('what is no library for Linux on x86-64 is left as it is', async () => {
  const file = join(temporaryFolder(), 'library');
  writeFileSync(file, 'MZ, as all of Windows begins');
  expect(await lookUpOwnNamesFirst(file)).toBe(false);
  expect(readFileSync(file, 'utf8')).toBe('MZ, as all of Windows begins');
});
