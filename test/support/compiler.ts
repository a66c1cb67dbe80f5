import { spawnSync } from 'node:child_process';

/** Whether libraries for Linux on x86-64 can be compiled and loaded here. */
export const canCompile =
  process.platform === 'linux' &&
  process.arch === 'x64' &&
  spawnSync('g++', ['--version']).status === 0;
