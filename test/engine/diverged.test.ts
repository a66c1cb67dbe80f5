import { afterAll, beforeAll, expect, it } from 'vitest';
import { newestCheckpoint } from '../../main/trainer/checkpoint/reading.ts';
import type { RunConfig } from '../../shared/config.ts';
import { removeTemporaryFolders, smallDataset, temporaryFolder } from './support/folders.ts';
import { failures, smallRun, STEPS_AN_EPOCH, trainUntilIdle } from './support/trainer.ts';

let dataset = '';
beforeAll(async () => {
  dataset = await smallDataset(450, 100);
});
afterAll(removeTemporaryFolders);

const hasty = (run: RunConfig, learningRate: number): RunConfig => ({
  ...run,
  optimizer: { ...run.optimizer, rule: { type: 'sgd' }, learningRate, weightDecay: 10 },
});

it('a run that diverges says where, and its last good checkpoint stays the newest', async () => {
  const folder = temporaryFolder();
  const calm = hasty(smallRun(dataset, 'float32'), 0.001);
  await trainUntilIdle(folder, { ...calm, training: { ...calm.training, epochs: 1 } });
  // Decay at this rate makes every weight 999 times as large each step.
  const [failure] = failures(await trainUntilIdle(folder, hasty(calm, 100)));
  expect(failure).toMatchObject({ type: 'failed' });
  expect(JSON.stringify(failure)).toMatch(/diverged.*(convolution|dense)_\d\/weights/);
  const { checkpoint } = await newestCheckpoint(folder);
  expect(checkpoint?.record.cursor.step).toBe(STEPS_AN_EPOCH);
});
