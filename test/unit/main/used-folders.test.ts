import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { CheckpointFolder } from '../../../main/checkpoint-folder.ts';
import { UsedFolders } from '../../../main/used-folders.ts';
import type { CheckpointAnswer, CheckpointRequest } from '../../../shared/checkpoint-protocol.ts';
import type { RunSummary } from '../../../shared/run-summary.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { memoryPreferences } from '../../support/memory-preferences.ts';

const summary: RunSummary = {
  ...{ config: null, checkpoints: 0, branches: 0, step: null, epoch: null, bestAccuracy: null },
  ...{ bestLoss: null, lastAccuracy: null, changedAt: null, trainingSeconds: null, curve: [] },
};

it('knows what was read before, asks whether it still holds, and outlasts a folder that does not answer', async () => {
  const home = temporaryFolder();
  const folder = new CheckpointFolder(memoryPreferences(), home);
  const [one, two] = ['one', 'two'].map((name) => join(home, name)) as [string, string];
  for (const path of [one, two]) {
    mkdirSync(path);
    folder.choose(path);
  }
  const asked: CheckpointRequest[] = [];
  let answer = (): Promise<CheckpointAnswer> =>
    Promise.resolve({ type: 'summarize', stamp: '7', run: summary });
  const used = new UsedFolders(folder, join(home, 'summaries.json'), (_, request) => {
    asked.push(request);
    return answer();
  });
  expect(used.list()).toEqual([
    { path: two, run: null },
    { path: one, run: null },
  ]);
  expect(await used.look(one)).toEqual({ type: 'run', run: summary });
  answer = () => Promise.resolve({ type: 'summarize', stamp: '7', run: null });
  expect(await used.look(one)).toEqual({ type: 'run', run: summary });
  expect(asked.map((request) => 'known' in request && request.known)).toEqual([null, '7']);
  await expect(used.look('/etc')).rejects.toThrow('not on the list');

  vi.useFakeTimers();
  answer = () => new Promise(() => undefined);
  const looks = [used.look(two), used.look(two)];
  await vi.advanceTimersByTimeAsync(10_000);
  vi.useRealTimers();
  for (const look of looks) expect(await look).toMatchObject({ type: 'unreadable' });
  // It was asked once.
  expect(asked).toHaveLength(3);

  const at = folder.forget(one);
  expect(used.list().map(({ path }) => path)).toEqual([two]);
  folder.remember(one, at);
  expect(used.list().map(({ path }) => path)).toEqual([two, one]);
  // The present one stays.
  expect(folder.forget(two)).toBe(-1);
});
