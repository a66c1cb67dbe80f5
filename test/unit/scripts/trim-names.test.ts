import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Elf } from '../../../scripts/setup/elf.mjs';
import { trimNames } from '../../../scripts/packing/trim-names.mjs';
import { canCompile, compiled } from '../../support/compiler.ts';
import { temporaryFolder } from '../../support/folders.ts';

const FUNCTIONS = 300;
/** Each function calls the one before: within the library, by a name that it also lends to others. */
const functions = Array.from(
  { length: FUNCTIONS },
  (_, k) =>
    `int one_of_many_functions_${k + 1}(int x) { return one_of_many_functions_${k}(x) + 1; }`,
);
const library = `
struct Base { virtual int value() { return 1; } virtual ~Base() {} };
struct Derived : Base { int value() override { return 40; } };
thread_local int counted = 0;
int one_of_many_functions_0(int x) { return x; }
${functions.join('\n')}
int (*table[])(int) = { one_of_many_functions_1, one_of_many_functions_2 };
int asked_by_name(int x) { return x * 2; }
extern "C" int entry(int x) {
  Base* derived = new Derived;
  counted += 1;
  try { throw Derived(); }
  catch (Base& caught) { x += caught.value(); }
  return one_of_many_functions_${FUNCTIONS}(x) + table[1](0) + derived->value() + counted;
}`;
const program = `
#include <dlfcn.h>
#include <stdio.h>
int main(int, char** argv) {
  void* library = dlopen(argv[1], RTLD_LAZY);
  if (!library) { puts(dlerror()); return 1; }
  auto entry = (int (*)(int)) dlsym(library, "entry");
  auto asked = (int (*)(int)) dlsym(library, "_Z13asked_by_namei");
  void* gone = dlsym(library, "_Z23one_of_many_functions_7i");
  printf("%d %d %d", entry(100), asked(21), gone != nullptr);
}`;

test.skipIf(!canCompile)(
  'a library without the names that only itself uses works as before',
  () => {
    const { library: file, runWith } = compiled(library, program);
    expect(runWith(file)).toBe(`${100 + 40 + FUNCTIONS + 2 + 40 + 1} 42 1`);

    const whole = Elf.read(file)!;
    const trimmed = trimNames(whole, new Set(['_Z13asked_by_namei']))!;
    expect(trimmed.length).toBeLessThan(readFileSync(file).length - FUNCTIONS * 30);
    const smaller = join(temporaryFolder(), 'trimmed.so');
    writeFileSync(smaller, trimmed, { mode: 0o755 });
    expect(runWith(smaller)).toBe(`${100 + 40 + FUNCTIONS + 2 + 40 + 1} 42 0`);
  },
);

test('what is no library for Linux on x86-64 is left alone', () => {
  const file = join(temporaryFolder(), 'library');
  writeFileSync(file, 'MZ, as all of Windows begins');
  expect(Elf.read(file)).toBeNull();
});
