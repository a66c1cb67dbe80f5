import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './folders.ts';

/** Whether libraries for Linux on x86-64 can be compiled and loaded here. */
export const canCompile =
  process.platform === 'linux' &&
  process.arch === 'x64' &&
  spawnSync('g++', ['--version']).status === 0;

/** A shared library, and a program that loads the one that is named to it. */
interface Compiled {
  /** The library's path. */
  library: string;
  /** @returns what the program prints */
  runWith: (library: string) => string;
}

/**
 * @param library C++
 * @param program C++
 * @param linking arguments for the program
 */
export function compiled(library: string, program: string, ...linking: string[]): Compiled {
  const folder = temporaryFolder();
  const place = (name: string): string => join(folder, name);
  writeFileSync(place('library.cc'), library);
  writeFileSync(place('program.cc'), program);
  const compile = (...args: string[]): void => {
    execFileSync('g++', args, { cwd: folder });
  };
  compile('-shared', '-fPIC', '-o', 'library.so', 'library.cc');
  compile(...linking, '-o', 'program', 'program.cc');
  return {
    library: place('library.so'),
    runWith: (file) => execFileSync(place('program'), [file], { encoding: 'utf8' }),
  };
}
