import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { FailureError } from '../../../shared/ipc.ts';
import { threadsFrom, threadsProblem, THREADS_VARIABLE } from '../../../shared/threads.ts';
import { WIDEST } from '../graph/layout.ts';

const ONE_DNN = 'TF_ENABLE_ONEDNN_OPTS';

/**
 * How many of the machine's cores this process may use.
 * @throws FailureError if the environment asks for an impossible number
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
 * Number of shards in which a batch goes through a network. With two cores these are two halves, each on its own core, since two threads
 * that share each operation wait for each other. (With more cores this has not been measured.)
 */
export const shardsOn = (threads: number): number =>
  threads === WIDEST.shards ? WIDEST.shards : 1;

/** The number of shards in this process. */
export const shardsHere = (): number => shardsOn(threadsToUse());

/**
 * The environment variables that TensorFlow reads once, when it is loaded.
 * TF_CPU_ALLOCATOR_USE_BFC keeps freed memory instead of giving it back to the system after every step, which would cost the next step a
 * page fault for each 4 kB.
 * TF_NUM_INTRAOP_THREADS gives each operation one thread if shards keep the cores busy. It is set for every network, although some have no
 * shards, because what a process has trained before must not change the last bits of what it trains next.
 * By default TensorFlow has as many threads as there are cores, so both numbers are set only where it may use fewer.
 * TF_ENABLE_ONEDNN_OPTS gives every x86 processor the kernels that TensorFlow by itself uses only where one has instructions made for
 * networks: on one with AVX2 alone they train 1.6 times as fast.
 */
export function tensorFlowEnvironment(threads: number, cores: number): Record<string, string> {
  const few = { TF_NUM_INTRAOP_THREADS: `${threads}`, TF_NUM_INTEROP_THREADS: `${threads}` };
  return {
    TF_CPP_MIN_LOG_LEVEL: '2',
    TF_CPU_ALLOCATOR_USE_BFC: 'true',
    ...(process.arch === 'x64' && { [ONE_DNN]: '1' }),
    ...(threads < cores && few),
    ...(shardsOn(threads) > 1 && { TF_NUM_INTRAOP_THREADS: '1' }),
  };
}

/**
 * Sets the variables that the person has not set. Call this before TensorFlow is loaded.
 * @throws FailureError if the environment asks for an impossible number of threads
 */
export function prepareEnvironment(cores = availableParallelism()): void {
  const settings = tensorFlowEnvironment(threadsToUse(cores), cores);
  for (const [name, value] of Object.entries(settings)) process.env[name] ??= value;
}

/** Variables a person may set that decide which kernels compute. */
const deciding = ['TF_NUM_INTEROP_THREADS', ONE_DNN, 'ONEDNN_MAX_CPU_ISA'];

/** What TensorFlow looks for before it uses oneDNN by itself, as Linux calls it (IsMKLEnabled in its port.cc). */
const MADE_FOR_NETWORKS = /\b(avx512_vnni|avx512_bf16|avx_vnni|amx_tile|amx_int8|amx_bf16)\b/;

/** Whether it uses oneDNN only because it was told to, in which a run that an earlier version of the app began differs. */
export function isToldToUseOneDnn(processors = readProcessors()): boolean {
  if (process.env[ONE_DNN] !== '1' || !/^flags\b/m.test(processors)) return false;
  return !MADE_FOR_NETWORKS.test(processors);
}

/** What Linux tells of the processors; empty elsewhere. */
function readProcessors(): string {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    return '';
  }
}

/** Processor, threads and settings: everything that the last bits of a run's numbers depend on. */
export function deviceName(cores = availableParallelism()): string {
  const processor = cpus()[0]?.model.trim() ?? 'unknown processor';
  const threads = threadsToUse(cores);
  const each = process.env.TF_NUM_INTRAOP_THREADS;
  const shards = shardsOn(threads);
  // Values that follow from the number of threads are not repeated.
  const implied = tensorFlowEnvironment(threads, cores);
  return [
    `${processor}, ${threads < cores ? `${threads} of ` : ''}${cores} threads`,
    ...(each === undefined ? [] : [`${each} per operation`]),
    ...(shards > 1 ? [`batches in ${shards} shards`] : []),
    ...(isToldToUseOneDnn() ? ['oneDNN'] : []),
    ...deciding.flatMap((name) => {
      const value = process.env[name];
      return value === undefined || value === implied[name] ? [] : [`${name}=${value}`];
    }),
  ].join(', ');
}
