import { fileURLToPath } from 'node:url';

/**
 * A program of the terminal as a person runs it: the built one, which every test stage builds first.
 * @param name train, checkpoints, inspect, evaluate, predict or data
 */
export const builtProgram = (name: string): string =>
  fileURLToPath(new URL(`../../dist/trainer/${name}.js`, import.meta.url));
