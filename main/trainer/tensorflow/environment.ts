import { availableParallelism, cpus } from 'node:os';
import { WIDEST } from '../graph/layout.ts';

/**
 * How many parts a batch goes through a network in. On two cores it is two halves, each on a core of its own, for two threads that
 * share each operation wait for each other. (With more cores this has not been measured.)
 */
export const SHARDS = availableParallelism() === WIDEST.shards ? WIDEST.shards : 1;

/**
 * What TensorFlow reads from the environment, once, when it is loaded.
 * TF_CPU_ALLOCATOR_USE_BFC keeps freed memory instead of giving it back to the system after every step, which would cost a page
 * fault for each 4 kB of the next one.
 * TF_NUM_INTRAOP_THREADS gives each operation one thread where shards keep the cores busy. It holds for every network, though
 * some do not go in shards: what a process trained before must not change the last bits of what it trains next.
 */
const defaults: Record<string, string> = {
  TF_CPP_MIN_LOG_LEVEL: '2',
  TF_CPU_ALLOCATOR_USE_BFC: 'true',
  ...(SHARDS > 1 && { TF_NUM_INTRAOP_THREADS: '1' }),
};

/** Sets what the person has not set already. Call before TensorFlow is loaded. */
export function prepareEnvironment(): void {
  for (const [name, value] of Object.entries(defaults)) process.env[name] ??= value;
}

/** What a person may have set that decides which kernels compute. */
const deciding = ['TF_NUM_INTEROP_THREADS', 'TF_ENABLE_ONEDNN_OPTS', 'ONEDNN_MAX_CPU_ISA'];

/** Processor, threads and settings: what the last bits of a run's numbers depend on. */
export function deviceName(): string {
  const processor = cpus()[0]?.model.trim() ?? 'unknown processor';
  const each = process.env.TF_NUM_INTRAOP_THREADS;
  return [
    `${processor}, ${availableParallelism()} threads`,
    ...(each === undefined ? [] : [`${each} per operation`]),
    ...(SHARDS > 1 ? [`batches in ${SHARDS} shards`] : []),
    ...deciding.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [`${name}=${value}`];
    }),
  ].join(', ');
}
