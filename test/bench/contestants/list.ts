import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Precision } from '../../../shared/config.ts';
import { mnistFolder } from '../../../main/trainer/data/dataset.ts';
import { ownProgram, Program } from '../program.ts';
import { Contestant } from './contestant.ts';
import type { OwnOptions } from './own.ts';

/** What there is to measure, and how each is started. */

export type Engine = 'firstlayer' | 'tfjs' | 'tensorflow' | 'keras' | 'pytorch';

export interface Entry {
  name: string;
  engine: Engine;
  precision: Precision;
  start: (seed: number) => Promise<Contestant>;
}

/** A contestant of our own. */
export const startOwn = (name: string, options: OwnOptions): Promise<Contestant> =>
  Contestant.of(ownProgram(name, 'own-main.js', options));

export const opByOp = 'op by op in tfjs-node';

export const own: readonly Entry[] = [
  ...(['bfloat16', 'float32'] as const).map((precision): Entry => ({
    name: `this engine, ${precision}`,
    engine: 'firstlayer',
    precision,
    start: (seed) => startOwn(`this engine, ${precision}`, { precision, seed }),
  })),
  {
    name: opByOp,
    engine: 'tfjs',
    precision: 'float32',
    start: (seed) => startOwn(opByOp, { eager: true, precision: 'float32', seed }),
  },
];

/** The same network in Python, each in its own best-known settings. @param python that has them */
export function peers(python: string): readonly Entry[] {
  const peer = (
    name: string,
    engine: Engine,
    precision: Precision,
    program: string,
    options: object = {},
  ): Entry => ({
    name,
    engine,
    precision,
    start(seed) {
      const given = { mnist: mnistFolder(), threads: availableParallelism(), seed, ...options };
      const file = join(import.meta.dirname, '../../test/bench/peers', program);
      return Contestant.of(new Program(name, python, [file, JSON.stringify(given)]));
    },
  });
  const pyTorch = (name: string, bfloat16: boolean, compiled: boolean): Entry =>
    peer(name, 'pytorch', bfloat16 ? 'bfloat16' : 'float32', 'pytorch.py', { bfloat16, compiled });
  const tensorFlow = (name: string, precision: Precision): Entry =>
    peer(name, 'tensorflow', precision, 'tensorflow_function.py', {
      bfloat16: precision === 'bfloat16',
    });
  return [
    tensorFlow('TensorFlow, tf.function, float32', 'float32'),
    tensorFlow('TensorFlow, tf.function, automatic bfloat16', 'bfloat16'),
    peer('Keras, fit, float32', 'keras', 'float32', 'keras_fit.py'),
    pyTorch('PyTorch, float32', false, false),
    pyTorch('PyTorch, channels-last, bfloat16', true, false),
    pyTorch('PyTorch, channels-last, bfloat16, compiled', true, true),
  ];
}
