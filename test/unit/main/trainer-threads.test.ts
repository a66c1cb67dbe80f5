import { beforeEach, expect, it } from 'vitest';
import type { Preferences } from '../../../main/preferences-file.ts';
import { TrainerThreads } from '../../../main/trainer-threads.ts';
import { FailureError } from '../../../shared/ipc.ts';
import { THREADS_VARIABLE } from '../../../shared/threads.ts';
import { memoryPreferences } from '../../support/memory-preferences.ts';

let preferences: Preferences;
let threads: TrainerThreads;
let done: string[];
let isBusy: boolean;
const parts = {
  host: {
    restart: (): Promise<void> => {
      done.push(`restart with ${threads.environment()[THREADS_VARIABLE]}`);
      return Promise.resolve();
    },
  },
  reader: { close: () => void done.push('close the reader') },
  training: {
    refuseWhileBusy() {
      if (isBusy) throw new FailureError({ what: 'A run is under way.', where: '', remedy: '' });
    },
    open: () => void done.push('open the folder'),
  },
};
beforeEach(() => {
  preferences = memoryPreferences();
  threads = new TrainerThreads(preferences, 4);
  done = [];
  isBusy = false;
});

it('another number is kept, and the next trainer has it and looks into the folder', async () => {
  await threads.change(3, parts);
  expect(preferences.get('threads')).toBe(3);
  expect(threads.snapshot()).toEqual({ threads: 3, cores: 4 });
  expect(done).toEqual(['close the reader', 'restart with 3', 'open the folder']);
  expect(threads.environment()).toMatchObject({ PATH: process.env.PATH });
});

it('all cores are nothing in the environment, however they are asked for', async () => {
  await threads.change(1, parts);
  await threads.change(4, parts);
  expect(threads.snapshot()).toEqual({ threads: null, cores: 4 });
  expect(done).toContain('restart with ');
});

it('the same number again ends nothing', async () => {
  await threads.change(null, parts);
  await threads.change(4, parts);
  expect(done).toEqual([]);
});

it('is refused during a run, and above the machine’s cores; nothing is changed then', async () => {
  await expect(threads.change(5, parts)).rejects.toThrow(/from 1 to 4.* but is "5"/);
  isBusy = true;
  await expect(threads.change(1, parts)).rejects.toThrow('A run is under way.');
  expect([done, preferences.get('threads')]).toEqual([[], null]);
});
