import { expect, it, vi } from 'vitest';
import { CheckpointFolder } from '../../../main/checkpoint-folder.ts';
import { answerComparedRun } from '../../../main/compared-runs.ts';
import { memoryPreferences } from '../../support/memory-preferences.ts';
import type { TrainerHost } from '../../../main/trainer-host.ts';

it('only the present folder and recent ones are looked into, whatever a page asks for', async () => {
  const preferences = memoryPreferences();
  preferences.set('folder', '/present');
  preferences.set('recentFolders', ['/present', '/recent']);
  const folder = new CheckpointFolder(preferences, '/documents');
  const checkpoints = vi.fn<TrainerHost['checkpoints']>(() =>
    Promise.resolve({ type: 'branches', branches: [] }),
  );
  const ask = (path: string) =>
    answerComparedRun(folder, { checkpoints }, { folder: path, request: { type: 'branches' } });
  await ask('/present');
  await ask('/recent');
  await expect(ask('/etc')).rejects.toThrow('not among the recent ones');
  await expect(ask('/recent/..')).rejects.toThrow('not among the recent ones');
  expect(checkpoints.mock.calls.map(([path]) => path)).toEqual(['/present', '/recent']);
});
