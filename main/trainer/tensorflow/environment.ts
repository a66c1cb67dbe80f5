import { availableParallelism, cpus } from 'node:os';
import { FailureError } from '../../../shared/ipc.ts';
import { threadsFrom, threadsProblem, THREADS_VARIABLE } from '../../../shared/threads.ts';
import { WIDEST } from '../graph/layout.ts';

/**
 * How many of the machine's cores this process may use.
 * @throws FailureError where the environment asks for what cannot be
 */
export function threadsToUse(cores = availableParallelism()): number {
  const asked = process.env[THREADS_VARIABLE] ?? '';
  const threads = asked === '' ? cores : threadsFrom(asked, cores);
  if (threads !== null) return threads;
  throw new FailureError({
    what: `The environment variable ${THREADS_VARIABLE} ${threadsProblem(asked, cores)}`,
    where: THREADS_VARIABLE,
    remedy: 'Set it to such a number, or leave it out: then all cores are used.',
  });
}

/**
 * How many parts a batch goes through a network in. On two cores it is two halves, each on a core of its own, for two threads that
 * share each operation wait for each other. (With more cores this has not been measured.)
 */
export const shardsOn = (threads: number): number =>
  threads === WIDEST.shards ? WIDEST.shards : 1;

/** In this process. */
export const shardsHere = (): number => shardsOn(threadsToUse());

/**
 * What TensorFlow reads from the environment, once, when it is loaded.
 * TF_CPU_ALLOCATOR_USE_BFC keeps freed memory instead of giving it back to the system after every step, which would cost a page
 * fault for each 4 kB of the next one.
 * TF_NUM_INTRAOP_THREADS gives each operation one thread where shards keep the cores busy. It holds for every network, though
 * some do not go in shards: what a process trained before must not change the last bits of what it trains next.
 * Of its own accord TensorFlow has as many threads as there are cores: both numbers are said only where it may use fewer.
 */
export function tensorFlowEnvironment(threads: number, cores: number): Record<string, string> {
  const few = { TF_NUM_INTRAOP_THREADS: `${threads}`, TF_NUM_INTEROP_THREADS: `${threads}` };
  return {
    TF_CPP_MIN_LOG_LEVEL: '2',
    TF_CPU_ALLOCATOR_USE_BFC: 'true',
    ...(threads < cores && few),
    ...(shardsOn(threads) > 1 && { TF_NUM_INTRAOP_THREADS: '1' }),
  };
}

/**
 * Sets what the person has not set already. Call before TensorFlow is loaded.
 * @throws FailureError where the environment asks for a number of threads that cannot be
 */
export function prepareEnvironment(cores = availableParallelism()): void {
  const settings = tensorFlowEnvironment(threadsToUse(cores), cores);
  for (const [name, value] of Object.entries(settings)) process.env[name] ??= value;
}

/** What a person may have set that decides which kernels compute. */
const deciding = ['TF_NUM_INTEROP_THREADS', 'TF_ENABLE_ONEDNN_OPTS', 'ONEDNN_MAX_CPU_ISA'];

/** Processor, threads and settings: what the last bits of a run's numbers depend on. */
export function deviceName(cores = availableParallelism()): string {
  const processor = cpus()[0]?.model.trim() ?? 'unknown processor';
  const threads = threadsToUse(cores);
  const each = process.env.TF_NUM_INTRAOP_THREADS;
  const shards = shardsOn(threads);
  // What follows from the number of threads is told by that.
  const implied = tensorFlowEnvironment(threads, cores);
  return [
    `${processor}, ${threads < cores ? `${threads} of ` : ''}${cores} threads`,
    ...(each === undefined ? [] : [`${each} per operation`]),
    ...(shards > 1 ? [`batches in ${shards} shards`] : []),
    ...deciding.flatMap((name) => {
      const value = process.env[name];
      return value === undefined || value === implied[name] ? [] : [`${name}=${value}`];
    }),
  ].join(', ');
}
