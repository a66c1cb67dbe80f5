/**
 * What TensorFlow reads from the environment, once, when it is loaded.
 * TF_CPU_ALLOCATOR_USE_BFC keeps freed memory instead of giving it back to the system after every step, which would cost a page
 * fault for each 4 kB of the next one.
 */
const defaults: Record<string, string> = {
  TF_CPP_MIN_LOG_LEVEL: '2',
  TF_CPU_ALLOCATOR_USE_BFC: 'true',
};

/** Sets what the person has not set already. Call before TensorFlow is loaded. */
export function prepareEnvironment(): void {
  for (const [name, value] of Object.entries(defaults)) process.env[name] ??= value;
}

/** Before TensorFlow is loaded: each operation is to run on one thread, and as many of them at a time as there are cores. */
export function oneThreadAnOperation(): void {
  process.env.TF_NUM_INTRAOP_THREADS ??= '1';
}
