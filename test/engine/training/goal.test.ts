import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { presets } from '../../../shared/presets.ts';
import type { RunConfig, TrainingGoal } from '../../../shared/config.ts';
import type { TrainerEvent } from '../../../shared/trainer-events.ts';
import { parseRecord } from '../../../main/trainer/checkpoint/record.ts';
import {
  checkpointHash,
  checkpointSteps,
  killedAt,
  smallDataset,
  temporaryFolder,
} from '../../support/folders.ts';
import { failures, STEPS_AN_EPOCH, trainUntilIdle } from '../../support/trainer.ts';

/** Runs that end at a goal. */

const dataset = await smallDataset(450, 20);

function runUntil(goal: Partial<TrainingGoal> | null, epochs = 6): RunConfig {
  const run = presets['small-and-fast']!();
  return {
    ...run,
    data: { ...run.data, dataset, batchSize: 64, validationSize: 50 },
    training: {
      ...run.training,
      epochs,
      precision: 'float32',
      goal: goal && { accuracy: null, loss: null, minutes: null, ...goal },
    },
  };
}

const only = <T extends TrainerEvent['type']>(events: readonly TrainerEvent[], type: T) =>
  events.filter((event): event is Extract<TrainerEvent, { type: T }> => event.type === type);

const secondsRecorded = (folder: string, step: number): number =>
  parseRecord(readFileSync(join(folder, `model.ckpt-${step}.json`), 'utf8'))?.trainingSeconds ?? -1;

it('a run ends with the first validation that reaches its goal, tested, and is until then the run without one', async () => {
  const [free, folder] = [temporaryFolder(), temporaryFolder()];
  const whole = await trainUntilIdle(free, runUntil(null, 4));
  const losses = only(whole, 'epoch').map(({ validation }) => validation!.loss);
  // It learns: the third loss is the first that is as low.
  const asked = losses[2]!;
  expect(Math.min(...losses.slice(0, 2))).toBeGreaterThan(asked);
  const config = runUntil({ loss: asked, accuracy: 1 }, 4);
  const events = await trainUntilIdle(folder, config);
  expect(failures(events)).toEqual([]);
  const step = 3 * STEPS_AN_EPOCH;
  expect(only(events, 'goal-reached')).toEqual([
    { type: 'goal-reached', epoch: 3, step, goal: 'loss', asked, reached: asked },
  ]);
  expect(only(events, 'finished')[0]).toMatchObject({ epoch: 3, step });
  expect(checkpointHash(folder, step)).toBe(checkpointHash(free, step));

  // Started again it has nothing left to do, and says why; it goes on for another goal.
  const again = await trainUntilIdle(folder, config);
  expect(only(again, 'started')[0]?.goalReached).toMatchObject({ goal: 'loss', asked });
  expect([only(again, 'step'), only(again, 'goal-reached')]).toEqual([[], []]);
  const further = await trainUntilIdle(folder, runUntil(null, 4));
  expect(only(further, 'started')[0]?.goalReached).toBeUndefined();
  const last = 4 * STEPS_AN_EPOCH;
  expect(checkpointHash(folder, last)).toBe(checkpointHash(free, last));
});

it('minutes end a run within an epoch too, and count what was trained before it was interrupted', async () => {
  const folder = temporaryFolder();
  await trainUntilIdle(folder, runUntil(null, 2));
  const at = 2 * STEPS_AN_EPOCH;
  const before = secondsRecorded(folder, at);
  expect(before).toBeGreaterThan(0);

  // As long as it has trained already: not a step more.
  const again = killedAt(at, folder);
  const none = await trainUntilIdle(again, runUntil({ minutes: before / 60 }));
  expect(only(none, 'step')).toEqual([]);
  expect(only(none, 'finished')[0]).toMatchObject({ step: at });

  // A moment longer: one step or some, and not all.
  const minutes = (before + 1e-6) / 60;
  const more = await trainUntilIdle(again, runUntil({ minutes }));
  const [reached] = only(more, 'goal-reached');
  expect(reached).toMatchObject({ epoch: 3, goal: 'minutes', asked: minutes });
  expect(reached!.reached).toBeGreaterThanOrEqual(minutes);
  expect(reached!.step).toBe(at + 1);
  expect(checkpointSteps(again)).toContain(at + 1);
  expect(only(more, 'finished')[0]).toMatchObject({ epoch: 2, step: at + 1 });
  expect(60 * reached!.reached).toBeCloseTo(secondsRecorded(again, at + 1), 9);
});

it('a goal that waits for validation is refused where nothing is kept for it; minutes are not', async () => {
  const without = (goal: Partial<TrainingGoal>): RunConfig => {
    const config = runUntil(goal);
    return { ...config, data: { ...config.data, validationSize: 0 } };
  };
  const folder = temporaryFolder();
  const [refused] = failures(await trainUntilIdle(folder, without({ accuracy: 0.9, loss: 0.1 })));
  expect(refused).toMatchObject({
    type: 'failed',
    refused: true,
    what: 'The validation size is 0, but training.goal.accuracy and training.goal.loss wait for a validation.',
    where: 'data.validationSize',
  });
  const timed = await trainUntilIdle(folder, without({ minutes: 1e-6 }));
  expect(failures(timed)).toEqual([]);
  expect(only(timed, 'finished')[0]).toMatchObject({ step: 1 });
});
