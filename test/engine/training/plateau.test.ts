import { expect, it } from 'vitest';
import { presets } from '../../../shared/presets.ts';
import type { RunConfig } from '../../../shared/config.ts';
import {
  checkpointHash,
  checkpointSteps,
  killedAt,
  smallDataset,
  temporaryFolder,
} from '../../support/folders.ts';
import { failures, STEPS_AN_EPOCH, trainUntilIdle } from '../../support/trainer.ts';

/** What validation leads to when it stands still. Here it does after the first epoch. */

const dataset = await smallDataset(450, 20);

/** So low that nothing is learned. */
const RATE = 1e-9;

function standingStill(patience: number, keep = 5): RunConfig {
  const run = presets['small-and-fast']!();
  return {
    ...run,
    optimizer: {
      ...run.optimizer,
      learningRate: RATE,
      schedule: { type: 'constant' },
      warmUpSteps: 0,
      reduceOnPlateau: { patience: 2, minimumGain: 1, factor: 0.5 },
    },
    data: { ...run.data, dataset, batchSize: 64, validationSize: 50 },
    training: {
      ...run.training,
      epochs: 6,
      precision: 'float32',
      earlyStopping: { patience, minimumGain: 1 },
    },
    checkpoints: { ...run.checkpoints, keep },
  };
}

it('the rate is lowered after each so many epochs, wherever the run was interrupted', async () => {
  const folder = temporaryFolder();
  const config = standingStill(100);
  const events = await trainUntilIdle(folder, config);
  expect(failures(events)).toEqual([]);
  const lowered = events.flatMap((event) => (event.type === 'rate-lowered' ? [event] : []));
  expect(lowered.map(({ epoch, learningRate }) => [epoch, learningRate])).toEqual([
    [3, RATE / 2],
    [5, RATE / 4],
  ]);
  const rates = events.flatMap((event) => (event.type === 'step' ? [event] : []));
  for (const { epoch, learningRate } of rates)
    expect(learningRate, `epoch ${epoch}`).toBe(RATE / (epoch > 5 ? 4 : epoch > 3 ? 2 : 1));

  const last = 6 * STEPS_AN_EPOCH;
  const again = killedAt(4 * STEPS_AN_EPOCH, folder);
  const rest = await trainUntilIdle(again, config);
  expect(rest.flatMap((event) => (event.type === 'rate-lowered' ? event.epoch : []))).toEqual([5]);
  expect(checkpointHash(again, last)).toBe(checkpointHash(folder, last));
});

it('training ends early, with the best kept however little better it was, and does not begin again', async () => {
  const folder = temporaryFolder();
  const still = standingStill(3, 1);
  const config = { ...still, optimizer: { ...still.optimizer, learningRate: 1e-4 } };
  // Learns a little for two epochs, by less than the gain that patience asks for; then unlearns.
  const events = await trainUntilIdle(folder, config, (event) =>
    event.type === 'epoch' && event.epoch === 2
      ? { type: 'change', change: { learningRate: 1 } }
      : null,
  );
  expect(failures(events)).toEqual([]);
  const losses = events.flatMap((event) =>
    event.type === 'epoch' ? (event.validation?.loss ?? []) : [],
  );
  expect(losses).toHaveLength(4);
  const best = losses.indexOf(Math.min(...losses)) + 1;
  expect(best).toBe(2);
  const early = events.find((event) => event.type === 'stopped-early');
  expect(early).toMatchObject({ epoch: 4, best: { epoch: best, step: best * STEPS_AN_EPOCH } });
  const finished = events.find((event) => event.type === 'finished');
  expect(finished?.step).toBe(4 * STEPS_AN_EPOCH);
  // One is kept, and the best besides.
  expect(checkpointSteps(folder)).toEqual([best * STEPS_AN_EPOCH, 4 * STEPS_AN_EPOCH]);
  const again = await trainUntilIdle(folder, config);
  expect(again.filter(({ type }) => type === 'step')).toEqual([]);
  expect(again.find((event) => event.type === 'finished')?.step).toBe(4 * STEPS_AN_EPOCH);
});
