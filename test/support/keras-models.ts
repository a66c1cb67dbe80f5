import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../fixtures/keras');

/** What Keras has written of a model: fixtures/keras/make.py has the models. */
export const kerasText = (version: string, file: string): string =>
  readFileSync(join(folder, `keras-${version}`, `${file}.txt`), 'utf8');

/** Parameters as Keras counts those that are trained. */
export const kerasParameters = { lenet: 61_706, vgg: 305_258, chain: 31_226 } as const;

/** What goes into the models. */
export const kerasInputs = {
  lenet: [28, 28, 1],
  vgg: [32, 32, 3],
  chain: [28, 28, 1],
} as const;
export type KerasModel = keyof typeof kerasParameters;
