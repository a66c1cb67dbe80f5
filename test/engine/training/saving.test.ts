import { beforeAll, expect, it } from 'vitest';
import { createService } from '../../../main/trainer/service.ts';
import type { CheckpointAnswer } from '../../../shared/checkpoint-protocol.ts';
import type { Precision } from '../../../shared/config.ts';
import { presets } from '../../../shared/presets.ts';
import { newestCheckpoint } from '../../../main/trainer/checkpoint/reading.ts';
import { smallDataset, temporaryFolder } from '../../support/folders.ts';
import { fastPrecisions } from '../../support/fast-precisions.ts';
import { dense, flatten } from '../../support/networks.ts';
import { failures, smallRun, trainUntilIdle } from '../../support/trainer.ts';

let dataset = '';
beforeAll(async () => {
  dataset = await smallDataset(12_850, 20);
});

/** 200 steps an epoch. */
const runOf = (preset: string, precision: Precision) => {
  const small = smallRun(dataset, precision);
  const { network, optimizer } = presets[preset]!();
  return {
    ...small,
    network,
    optimizer,
    training: { ...small.training, epochs: 2, maxSteps: 300 },
  };
};

/**
 * Far more than it takes (docs/bench says how many), far fewer than when each write waited for a step: 200 to 390. A step is only told
 * of every tenth of a second.
 */
const MOST_STEPS = 100;

it.each(
  ['seed-network', 'small-and-fast'].flatMap((preset) =>
    fastPrecisions.map((precision) => [preset, precision] as const),
  ),
)(
  'a checkpoint of %s in %s is on the disk some steps after it was taken',
  async (preset, precision) => {
    const events = await trainUntilIdle(temporaryFolder(), runOf(preset, precision));
    expect(failures(events)).toEqual([]);
    const first = events.findIndex(({ type }) => type === 'saved');
    const [saved, next] = [events[first], events.slice(first).find(({ type }) => type === 'step')];
    if (saved?.type !== 'saved' || next?.type !== 'step') throw new Error('no step after a save');
    expect(saved.step).toBe(200);
    expect(next.step - saved.step).toBeLessThan(MOST_STEPS);
  },
);

it('checkpoints that are due more often than they can be written: told once, none waited for, the last step saved', async () => {
  const folder = temporaryFolder();
  const run = smallRun(dataset, 'float32');
  // Two of them at once are more than may wait in memory.
  const config = {
    ...run,
    network: { name: 'wide', layers: [flatten, dense(17_000), dense(10)] },
    checkpoints: { ...run.checkpoints, keep: 1, everySteps: 1 },
    training: { ...run.training, maxSteps: 20 },
  };
  const events = await trainUntilIdle(folder, config);
  const told = failures(events);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({ type: 'warning', where: folder });
  expect(JSON.stringify(told[0])).toContain('more often than they can be written');
  expect(events.filter(({ type }) => type === 'saved').length).toBeLessThan(20);
  expect((await newestCheckpoint(folder)).checkpoint?.id.step).toBe(20);
});

it('a question about every byte of a folder is answered while its run trains on', async () => {
  const folder = temporaryFolder();
  let answer: CheckpointAnswer | null = null;
  const steps = { asked: 0, answered: 0, now: 0 };
  const config = runOf('seed-network', fastPrecisions[0]);
  const service = createService((event) => {
    if (event.type === 'step') steps.now = event.step;
    if (event.type === 'saved' && steps.asked === 0) {
      steps.asked = event.step;
      const request = { type: 'verify', name: null } as const;
      service.handle({ type: 'checkpoints', id: 1, checkpointDir: folder, request });
    }
    if (event.type === 'checkpoints') {
      answer = event.answer;
      steps.answered = steps.now;
    }
  });
  service.handle({ type: 'start', checkpointDir: folder, config });
  await service.idle;
  service.handle({ type: 'shutdown' });
  expect(answer).toMatchObject({
    type: 'verify',
    verdicts: [{ name: 'model.ckpt-200', damage: null }],
  });
  expect(steps.answered - steps.asked).toBeLessThan(MOST_STEPS);
});
