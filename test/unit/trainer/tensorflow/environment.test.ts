import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  deviceName,
  isToldToUseOneDnn,
  prepareEnvironment,
  shardsOn,
  tensorFlowEnvironment,
  threadsToUse,
} from '../../../../main/trainer/tensorflow/environment.ts';
import { FailureError } from '../../../../shared/ipc.ts';
import { THREADS_VARIABLE } from '../../../../shared/threads.ts';

const quiet = {
  ...{ TF_CPP_MIN_LOG_LEVEL: '2', TF_CPU_ALLOCATOR_USE_BFC: 'true' },
  ...(process.arch === 'x64' && { TF_ENABLE_ONEDNN_OPTS: '1' }),
};
const names = [...Object.keys(quiet), ...['TF_NUM_INTRAOP_THREADS', 'TF_NUM_INTEROP_THREADS']];
beforeEach(() => {
  for (const name of [...names, THREADS_VARIABLE]) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});
/** What is in the environment of what TensorFlow reads. */
const present = (): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );

/** What the device is called, without its processor. */
const afterProcessor = (cores: number): string =>
  deviceName(cores).replace(/^.*?, (?=\d+ (of \d+ )?threads)/, '');
/** What this machine's processor adds to it. */
const oneDnn = (): string => (isToldToUseOneDnn() ? ', oneDNN' : '');

describe('where nothing is asked for', () => {
  it.each([
    [1, 1, quiet],
    [2, 2, { ...quiet, TF_NUM_INTRAOP_THREADS: '1' }],
    [4, 1, quiet],
    [64, 1, quiet],
  ])('on %i cores it is as it was before one could ask', (count, shards, environment) => {
    prepareEnvironment(count);
    expect(shardsOn(threadsToUse(count))).toBe(shards);
    expect(present()).toEqual(environment);
    expect(deviceName(count)).not.toContain(' of ');
  });

  it('all cores that are asked for by their number are the same, and so is an empty value', () => {
    const before = [tensorFlowEnvironment(threadsToUse(2), 2), deviceName(2)];
    for (const value of ['2', '']) {
      vi.stubEnv(THREADS_VARIABLE, value);
      expect([tensorFlowEnvironment(threadsToUse(2), 2), deviceName(2)]).toEqual(before);
    }
  });
});

it('fewer threads are no more than that, whatever the machine, and a batch goes as it goes on such a machine', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 256 }), fc.nat(), (count, of) => {
      const threads = 1 + (of % (count - 1));
      const few = tensorFlowEnvironment(threads, count);
      expect(Number(few.TF_NUM_INTEROP_THREADS)).toBe(threads);
      expect(Number(few.TF_NUM_INTRAOP_THREADS)).toBe(threads === 2 ? 1 : threads);
    }),
  );
});

it('the device tells of them, and of a number of TensorFlow’s own only where the person set another', () => {
  vi.stubEnv(THREADS_VARIABLE, '1');
  prepareEnvironment(2);
  expect(afterProcessor(2)).toBe(`1 of 2 threads, 1 per operation${oneDnn()}`);
  vi.stubEnv('TF_NUM_INTEROP_THREADS', '7');
  prepareEnvironment(2);
  expect(afterProcessor(2)).toBe(
    `1 of 2 threads, 1 per operation${oneDnn()}, TF_NUM_INTEROP_THREADS=7`,
  );
});

it('two of many cores go in shards, as two cores do', () => {
  vi.stubEnv(THREADS_VARIABLE, '2');
  expect(shardsOn(threadsToUse(8))).toBe(2);
  prepareEnvironment(8);
  expect(afterProcessor(8)).toBe(`2 of 8 threads, 1 per operation, batches in 2 shards${oneDnn()}`);
});

it.each(['0', '3', '-1', '1.5', '01e1', 'all', ' 1'])('%j is refused with its name', (value) => {
  vi.stubEnv(THREADS_VARIABLE, value);
  expect(() => threadsToUse(2)).toThrow(FailureError);
  expect(() => threadsToUse(2)).toThrow(
    /FIRSTLAYER_THREADS must be a whole number from 1 to 2.* but is /,
  );
});

it('tells oneDNN only where TensorFlow would not use it by itself, and where that is known', () => {
  const [older, newer] = ['flags : fma avx avx2', 'flags : fma avx2 avx512f avx512_vnni'];
  expect(isToldToUseOneDnn(older)).toBe(false);
  vi.stubEnv('TF_ENABLE_ONEDNN_OPTS', '1');
  expect([older, newer, ''].map((processors) => isToldToUseOneDnn(processors))).toEqual([
    true,
    false,
    false,
  ]);
  vi.stubEnv('TF_ENABLE_ONEDNN_OPTS', '0');
  expect(isToldToUseOneDnn(older)).toBe(false);
  expect(deviceName(2)).toContain('TF_ENABLE_ONEDNN_OPTS=0');
});
