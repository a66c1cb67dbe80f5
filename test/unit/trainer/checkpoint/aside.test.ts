import { readdirSync } from 'node:fs';
import type promises from 'node:fs/promises';
import { expect, it, vi } from 'vitest';
import type {
  CheckpointAnswer,
  CheckpointRequest,
} from '../../../../shared/checkpoint-protocol.ts';
import { verifyCheckpoint } from '../../../../main/trainer/checkpoint/reading.ts';
import { answerCheckpointRequest } from '../../../../main/trainer/checkpoint/requests/answer-request.ts';
import { CheckpointStore } from '../../../../main/trainer/checkpoint/store.ts';
import { unrecordedIn } from '../../../../main/trainer/checkpoint/unrecorded.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { saveCheckpoints } from '../../../support/large-folder.ts';

/** Deleting a checkpoint so that it can be put back. The process dies at each change of the disk. */

const disk = vi.hoisted(() => ({ left: Infinity, changes: 0 }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof promises>();
  const dying =
    <Args extends unknown[], Result>(change: (...args: Args) => Promise<Result>) =>
    (...args: Args): Promise<Result> => {
      disk.changes++;
      // A process that has died changes nothing any more.
      return disk.left-- > 0 ? change(...args) : Promise.reject(new Error('died'));
    };
  return { ...real, rename: dying(real.rename), rm: dying(real.rm) };
});

const ask = (folder: string, request: CheckpointRequest): Promise<CheckpointAnswer> =>
  answerCheckpointRequest(folder, null, request);
const names = async (folder: string): Promise<string[]> => {
  const answer = await ask(folder, { type: 'list' });
  return answer.type === 'list' ? answer.checkpoints.map(({ name }) => name) : [];
};
const filesOf20 = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.includes('ckpt-20'));

async function folderOfThree(): Promise<string> {
  const folder = temporaryFolder();
  await saveCheckpoints(folder, [10, 20, 30]);
  return folder;
}

it('a deleted checkpoint does not count, is nobody’s besides, and is put back as it was', async () => {
  const folder = await folderOfThree();
  const before = readdirSync(folder).sort();
  await ask(folder, { type: 'set-aside', name: 'model.ckpt-20' });
  expect(await names(folder)).toEqual(['model.ckpt-30', 'model.ckpt-10']);
  expect(await unrecordedIn(folder)).toEqual([]);
  // Another change of the folder does not make it final.
  await ask(folder, { type: 'pin', name: 'model.ckpt-10', pinned: true });
  await ask(folder, { type: 'put-back', name: 'model.ckpt-20' });
  expect(await names(folder)).toEqual(['model.ckpt-30', 'model.ckpt-20', 'model.ckpt-10']);
  await verifyCheckpoint(folder, { branch: 1, step: 20 });
  expect(readdirSync(folder).sort()).toEqual(before);
});

it('what was cleared away cannot be put back, and the answer says so', async () => {
  const folder = await folderOfThree();
  for (const name of ['model.ckpt-10', 'model.ckpt-20'])
    await ask(folder, { type: 'set-aside', name });
  await ask(folder, { type: 'clear-aside', name: 'model.ckpt-20' });
  expect(filesOf20(folder)).toEqual([]);
  const refused = await ask(folder, { type: 'put-back', name: 'model.ckpt-20' });
  expect(refused).toMatchObject({ type: 'refused', failure: { where: folder } });
  // The other one waits on.
  await ask(folder, { type: 'put-back', name: 'model.ckpt-10' });
  expect(await names(folder)).toEqual(['model.ckpt-30', 'model.ckpt-10']);
});

it('wherever the process dies, the checkpoint is there wholly, or gone wholly after the next start', async () => {
  const seen = new Set<string>();
  for (let point = 0; ; point++) {
    const folder = await folderOfThree();
    disk.changes = 0;
    disk.left = point;
    await ask(folder, { type: 'set-aside', name: 'model.ckpt-20' });
    await ask(folder, { type: 'clear-aside', name: null });
    disk.left = Infinity;
    const isOver = disk.changes <= point;
    // Who only looks sees nothing strange.
    expect(await unrecordedIn(folder)).toEqual([]);
    const isCounted = (await names(folder)).includes('model.ckpt-20');
    if (isCounted) await verifyCheckpoint(folder, { branch: 1, step: 20 });
    const store = await CheckpointStore.open(folder);
    await store.clearAside(null);
    await store.close();
    expect(filesOf20(folder)).toHaveLength(isCounted ? 3 : 0);
    for (const step of [10, 30]) await verifyCheckpoint(folder, { branch: 1, step });
    seen.add(isCounted ? 'there' : 'gone');
    if (isOver) break;
  }
  expect([...seen]).toEqual(['there', 'gone']);
});
