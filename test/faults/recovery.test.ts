import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { RunConfig } from '../../shared/config.ts';
import type { TrainerEvent } from '../../shared/trainer-events.ts';
import { listCheckpoints, newestCheckpoint } from '../../main/trainer/checkpoint/reading.ts';
import { answerCheckpointRequest } from '../../main/trainer/checkpoint/requests/answer-request.ts';
import { answerText } from '../../main/trainer/terminal/checkpoints-text.ts';
import { createService } from '../../main/trainer/service.ts';
import { checkpointHash, smallDataset, temporaryFolder } from '../support/folders.ts';
import { failures, trainUntilIdle } from '../support/trainer.ts';
import { startTrainer, tinyRun } from './support/runs.ts';
import { tried } from './support/table.ts';

/** One epoch that takes much longer than `recoverySeconds`. */
let config: RunConfig;
const LAST = 7500;
let undisturbed = '';

beforeAll(async () => {
  const tiny = await tinyRun(1);
  config = {
    ...tiny,
    data: { ...tiny.data, dataset: await smallDataset(30_050, 20), batchSize: 4 },
    checkpoints: { ...tiny.checkpoints, keep: 5, everySteps: null, recoverySeconds: 0.2 },
  };
  const folder = temporaryFolder();
  const none = { ...config.checkpoints, recoverySeconds: null };
  await trainUntilIdle(folder, { ...config, checkpoints: none });
  undisturbed = checkpointHash(folder, LAST);
}, 300_000);

const recoveriesIn = (folder: string): string[] =>
  readdirSync(folder).filter((name) => /^recovery\..*\.json$/.test(name));

/**
 * Kills a run when it has kept a recovery checkpoint.
 * @returns its step
 */
async function killed(folder: string): Promise<number> {
  let kept = 0;
  const run = startTrainer(folder, config, {
    onEvent: (event) => {
      if (event.type !== 'recovery-saved') return;
      kept ||= event.step;
      run.child.kill('SIGKILL');
    },
  });
  await run.ended;
  expect(run.child.signalCode).toBe('SIGKILL');
  return kept;
}

it('a run killed within a long epoch goes on from its recovery checkpoint, to the same bits', async () => {
  const folder = temporaryFolder();
  let before = 0;
  for (let times = 0; times < 2; times++) {
    const step = await killed(folder);
    expect(step).toBeGreaterThan(before);
    const found = (await newestCheckpoint(folder)).checkpoint?.id;
    expect(found?.isRecovery).toBe(true);
    // Another may have come on the disk between the event and the signal.
    expect(found?.step).toBeGreaterThanOrEqual(step);
    before = found?.step ?? 0;
    const listed = await answerCheckpointRequest(folder, null, { type: 'list' });
    expect(listed).toMatchObject({ checkpoints: [], recovery: { step: before, epoch: 0 } });
    expect(answerText(listed, folder)).toContain(`recovery.ckpt-${before}`);
    const name = `recovery.ckpt-${before}`;
    const shown = await answerCheckpointRequest(folder, null, { type: 'show', name });
    expect(shown).toMatchObject({ checkpoint: { step: before, config } });
  }
  const events = await trainUntilIdle(folder, config);
  expect(failures(events)).toEqual([]);
  expect(events.find(({ type }) => type === 'started')).toMatchObject({
    restoredFrom: { step: before },
  });
  expect(checkpointHash(folder, LAST)).toBe(undisturbed);
  // It is needed no more.
  expect(readdirSync(folder).filter((name) => name.includes('recovery'))).toEqual([]);
  tried('SIGKILL within a long epoch, recovery checkpoints', 2);
}, 600_000);

it('is one, replaced, and none of those that a person counts', async () => {
  const folder = temporaryFolder();
  const kept: string[][] = [];
  await trainUntilIdle(folder, config, (event) => {
    if (event.type !== 'recovery-saved') return null;
    kept.push(recoveriesIn(folder));
    expect(existsSync(join(folder, 'checkpoint'))).toBe(false);
    return kept.length === 2 ? { type: 'stop' } : null;
  });
  expect(kept.map((names) => names.length)).toEqual([1, 1]);
  expect(kept[0]).not.toEqual(kept[1]);
  // A person's own is the one that it was stopped at.
  expect((await listCheckpoints(folder)).entries).toHaveLength(1);
}, 300_000);

it('stopped instead, a run has a checkpoint of its own, and goes on from that', async () => {
  const folder = temporaryFolder();
  const events = await trainUntilIdle(folder, config, (event) =>
    event.type === 'recovery-saved' ? { type: 'stop' } : null,
  );
  const stopped = events.find(({ type }) => type === 'stopped');
  expect(stopped?.type === 'stopped' && stopped.checkpoint?.path).toContain('model.ckpt-');
  expect(recoveriesIn(folder)).toEqual([]);
  expect((await newestCheckpoint(folder)).checkpoint?.id.isRecovery).toBeUndefined();
}, 300_000);

it('going back to an earlier checkpoint keeps it, on its branch', async () => {
  const folder = temporaryFolder();
  const early = { ...config, training: { ...config.training, maxSteps: 5 } };
  await trainUntilIdle(folder, early);
  await killed(folder);
  const kept = recoveriesIn(folder);
  const events: TrainerEvent[] = [];
  const service = createService((event) => events.push(event));
  service.handle({ type: 'start', checkpointDir: folder, config: early, from: 'model.ckpt-5' });
  await service.idle;
  service.handle({ type: 'shutdown' });
  expect(events.find(({ type }) => type === 'started')).toMatchObject({ branch: 2 });
  expect(recoveriesIn(folder)).toEqual(kept);
}, 300_000);
