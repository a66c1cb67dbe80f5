import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lookUpOwnNamesFirst } from '../../../scripts/setup/own-names-first.mjs';
import { canCompile, compiled } from '../../support/compiler.ts';
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
    const { library: file, runWith } = compiled(library, program, '-rdynamic');
    expect(runWith(file)).toBe('2 22');
    expect(await lookUpOwnNamesFirst(file)).toBe(true);
    expect(runWith(file)).toBe('2 11');
  },
);

test('what is no library for Linux on x86-64 is left as it is', async () => {
  const file = join(temporaryFolder(), 'library');
  writeFileSync(file, 'MZ, as all of Windows begins');
  expect(await lookUpOwnNamesFirst(file)).toBe(false);
  expect(readFileSync(file, 'utf8')).toBe('MZ, as all of Windows begins');
});
