import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Precision } from '../../../shared/config.ts';
import { Program } from '../program.ts';
import { Contestant } from './contestant.ts';
import type { Engine, Entry } from './list.ts';
import type { Task } from './task.ts';

/** The same network in Python, each in its own best-known settings: which are faster depends on the machine, so all are tried. */

interface Setting {
  /** In words; none: as the library does by itself. */
  said?: string;
  /** Read by the library from the environment. */
  env?: NodeJS.ProcessEnv;
  /** Read by our program in Python. */
  options?: object;
}

// What this engine sets for itself: memory is not given back after each step, to be had again page by page.
const tensorFlowMemory: Setting[] = [
  { said: 'BFC allocator', env: { TF_CPU_ALLOCATOR_USE_BFC: 'true' } },
  {},
];
/** The same for the C library's allocator; it takes thresholds up to 32 MB. */
const kept = { MALLOC_MMAP_THRESHOLD_: '33554432', MALLOC_TRIM_THRESHOLD_: '1073741824' };
const passive = { OMP_WAIT_POLICY: 'passive' };
const pyTorchMemory: Setting[] = [
  { said: 'freed memory kept, passive threads', env: { ...kept, ...passive } },
  { said: 'freed memory kept', env: kept },
  {},
];
/** Keras would choose XLA, which on a processor is often slower. */
const xla: Setting[] = [
  { options: { jit_compile: false } },
  { said: 'XLA', options: { jit_compile: 'auto' } },
];
const kerasBfloat16: Setting[] = [
  { said: 'automatic', options: { jit_compile: false, bfloat16: 'automatic' } },
  { said: 'mixed_bfloat16', options: { jit_compile: false, bfloat16: 'policy' } },
];
const layouts: Setting[] = [
  { said: 'channels-last', options: { channels_last: true } },
  { options: { channels_last: false } },
];
const compiled: Setting[] = [
  { said: 'optimizer compiled', options: { compiled: 'optimizer' } },
  { said: 'all compiled', options: { compiled: 'all' } },
];

/** Every setting of one group with every one of the other. */
const together = (one: readonly Setting[], other: readonly Setting[]): Setting[] =>
  one.flatMap((a) =>
    other.map((b) => ({
      said: [a.said, b.said].filter(Boolean).join(', '),
      env: { ...a.env, ...b.env },
      options: { ...a.options, ...b.options },
    })),
  );

const programs = {
  tensorflow: 'tensorflow_function.py',
  keras: 'keras_fit.py',
  pytorch: 'pytorch.py',
} satisfies Partial<Record<Engine, string>>;

/**
 * @param python that has them
 * @param more that their programs read
 */
export function peers(python: string, task: Task, more: object = {}): readonly Entry[] {
  const peer = (
    name: string,
    engine: keyof typeof programs,
    precision: Precision,
    settings: readonly Setting[],
    options: object = {},
  ): Entry => {
    const file = join(import.meta.dirname, '../../test/bench/peers', programs[engine]);
    const start = (seed: number, setting: Setting): Promise<Contestant> => {
      const threads = availableParallelism();
      const given = { ...task, threads, seed, ...more, ...options, ...setting.options };
      const program = new Program(name, python, [file, JSON.stringify(given)], setting.env);
      return Contestant.of(program, setting.said ? [setting.said] : []);
    };
    return {
      name,
      engine,
      precision,
      // Training with seeds is long and need not be fast: the first will do.
      start: (seed) => start(seed, settings[0] ?? {}),
      variants: settings.map((setting) => () => start(1, setting)),
    };
  };
  const last = { bfloat16: true, channels_last: true };
  return [
    peer('TensorFlow, tf.function, float32', 'tensorflow', 'float32', tensorFlowMemory, {
      bfloat16: false,
    }),
    peer(
      'TensorFlow, tf.function, automatic bfloat16',
      'tensorflow',
      'bfloat16',
      tensorFlowMemory,
      { bfloat16: true },
    ),
    peer('Keras, fit, float32', 'keras', 'float32', together(xla, tensorFlowMemory), {
      bfloat16: null,
    }),
    peer('Keras, fit, bfloat16', 'keras', 'bfloat16', together(kerasBfloat16, tensorFlowMemory)),
    peer('PyTorch, float32', 'pytorch', 'float32', together(layouts, pyTorchMemory), {
      bfloat16: false,
      compiled: null,
    }),
    peer('PyTorch, channels-last, bfloat16', 'pytorch', 'bfloat16', pyTorchMemory, {
      ...last,
      compiled: null,
    }),
    peer(
      'PyTorch, channels-last, bfloat16, compiled',
      'pytorch',
      'bfloat16',
      together(compiled, pyTorchMemory),
      last,
    ),
  ];
}
