import type fs from 'node:fs';
import type promises from 'node:fs/promises';
import { expect, it, vi } from 'vitest';
import { newestCheckpoint } from '../../../../main/trainer/checkpoint/reading.ts';
import { answerCheckpointRequest } from '../../../../main/trainer/checkpoint/requests/answer-request.ts';
import { surveyFolder } from '../../../../main/trainer/checkpoint/survey.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { makeLargeFolder } from '../../../support/large-folder.ts';

/** How much is read of a folder that holds much: counted, for a time says more about the machine. */

const read = vi.hoisted(() => ({ opened: 0, bytes: 0 }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof promises>();
  const open: typeof real.open = async (...args) => {
    read.opened++;
    const file = await real.open(...args);
    const readBytes = file.read.bind(file) as (
      ...args: unknown[]
    ) => Promise<{ bytesRead: number }>;
    file.read = (async (...within: unknown[]) => {
      const done = await readBytes(...within);
      read.bytes += done.bytesRead;
      return done;
    }) as typeof file.read;
    return file;
  };
  return { ...real, open };
});
vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  const readFileSync = ((...args: Parameters<typeof real.readFileSync>) => {
    read.opened++;
    return real.readFileSync(...args);
  }) as typeof real.readFileSync;
  return { ...real, readFileSync };
});

const COUNT = 300;

it('opening a folder reads the newest checkpoint, not all; a list reads each record once', async () => {
  const folder = temporaryFolder();
  await makeLargeFolder(folder, COUNT, 40_000);
  const counted = async (task: () => Promise<unknown>): Promise<number> => {
    read.opened = 0;
    read.bytes = 0;
    await task();
    return read.opened;
  };
  const list = () => answerCheckpointRequest(folder, null, { type: 'list' });
  // Its record, its index and its data; the record twice.
  expect(await counted(() => newestCheckpoint(folder))).toBeLessThanOrEqual(4);
  expect(await counted(() => surveyFolder(folder))).toBeLessThanOrEqual(4);
  const summarize = () => answerCheckpointRequest(folder, null, { type: 'summarize', known: null });
  expect(await counted(summarize)).toBeLessThanOrEqual(6);
  // Of the curves a part: they are three megabytes.
  expect(read.bytes).toBeLessThan(1_200_000);
  expect(await summarize()).toMatchObject({
    run: { checkpoints: COUNT, step: 10 * COUNT, curve: { length: expect.any(Number) as number } },
  });
  expect(await counted(list)).toBeLessThanOrEqual(COUNT);
  expect(await counted(list)).toBe(0);
  const answer = await list();
  expect(answer.type === 'list' && answer.checkpoints.length).toBe(COUNT);
});

it('a summary of what has not changed reads nothing', async () => {
  const folder = temporaryFolder();
  await makeLargeFolder(folder, 2, 10);
  const first = await answerCheckpointRequest(folder, null, { type: 'summarize', known: null });
  const known = first.type === 'summarize' ? first.stamp : '';
  read.opened = 0;
  expect(await answerCheckpointRequest(folder, null, { type: 'summarize', known })).toEqual({
    ...{ type: 'summarize', stamp: known, run: null },
  });
  expect(read.opened).toBe(0);
  const gone = await answerCheckpointRequest(`${folder}/gone`, null, {
    ...{ type: 'summarize', known },
  });
  expect(gone).toMatchObject({ type: 'refused', failure: { what: 'The folder is not there.' } });
});
