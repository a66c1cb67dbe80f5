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
  /** Each with an environment that may make it faster. */
  variants: (() => Promise<Contestant>)[];
}

/** Python's libraries read from the environment how threads wait and memory is kept; which is faster depends on the machine. */
const environments: Partial<Record<Engine, NodeJS.ProcessEnv[]>> = {
  pytorch: [{ OMP_WAIT_POLICY: 'passive' }, {}],
  // What this engine sets for itself.
  tensorflow: [{}, { TF_CPU_ALLOCATOR_USE_BFC: 'true' }],
  keras: [{}, { TF_CPU_ALLOCATOR_USE_BFC: 'true' }],
};

/** A contestant of our own. */
export const startOwn = (name: string, options: OwnOptions): Promise<Contestant> =>
  Contestant.of(ownProgram(name, 'own-main.js', options));

export const opByOp = 'op by op in tfjs-node';

const ours = (name: string, engine: Engine, options: Omit<OwnOptions, 'seed'>): Entry => {
  const start = (seed: number): Promise<Contestant> => startOwn(name, { ...options, seed });
  return { name, engine, precision: options.precision, start, variants: [() => start(1)] };
};

export const own: readonly Entry[] = [
  ours('this engine, bfloat16', 'firstlayer', { precision: 'bfloat16' }),
  ours('this engine, float32', 'firstlayer', { precision: 'float32' }),
  ours(opByOp, 'tfjs', { precision: 'float32', eager: true }),
];

/** The same network in Python, each in its own best-known settings. @param python that has them */
export function peers(python: string): readonly Entry[] {
  const peer = (
    name: string,
    engine: Engine,
    precision: Precision,
    program: string,
    options: object = {},
  ): Entry => {
    const file = join(import.meta.dirname, '../../test/bench/peers', program);
    const start = (seed: number, env: NodeJS.ProcessEnv = {}): Promise<Contestant> => {
      const given = { mnist: mnistFolder(), threads: availableParallelism(), seed, ...options };
      return Contestant.of(new Program(name, python, [file, JSON.stringify(given)], env), env);
    };
    const variants = (environments[engine] ?? [{}]).map((env) => () => start(1, env));
    // Training with seeds is long and need not be fast: the first will do.
    return {
      name,
      engine,
      precision,
      start: (seed) => start(seed, environments[engine]?.[0]),
      variants,
    };
  };
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
