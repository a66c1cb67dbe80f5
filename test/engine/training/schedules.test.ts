import { expect, it } from 'vitest';
import type { RunConfig } from '../../../shared/config.ts';
import type { TrainerEvent } from '../../../shared/trainer-events.ts';
import { smallDataset, temporaryFolder } from '../../support/folders.ts';
import { failures, smallRun, STEPS_AN_EPOCH, trainUntilIdle } from '../../support/trainer.ts';

/** Rate schedules of a run that is interrupted. */

const dataset = await smallDataset(450, 20);

const RATE = 1e-3;
const scheduled = (schedule: RunConfig['optimizer']['schedule'], batchSize: number): RunConfig => {
  const run = smallRun(dataset, 'float32');
  return {
    ...run,
    optimizer: { ...run.optimizer, learningRate: RATE, schedule },
    data: { ...run.data, batchSize },
  };
};
const stopping = (event: TrainerEvent) =>
  event.type === 'epoch' && event.epoch === 2 ? ({ type: 'stop' } as const) : null;

/** Of epoch 3 when it is trained with another batch size than the two before. */
async function ratesOfEpoch3(
  schedule: RunConfig['optimizer']['schedule'],
  batchSize: number,
): Promise<number[]> {
  const folder = temporaryFolder();
  await trainUntilIdle(folder, scheduled(schedule, 64), stopping);
  const events = await trainUntilIdle(folder, scheduled(schedule, batchSize));
  expect(failures(events)).toEqual([]);
  return events.flatMap((event) =>
    event.type === 'step' && event.epoch === 3 ? event.learningRate : [],
  );
}

it.each([16, 256])(
  'go by the epochs that are done, also where the batch size was another: %s',
  async (batchSize) => {
    const byStep = await ratesOfEpoch3({ type: 'step', everyEpochs: 1, factor: 0.1 }, batchSize);
    for (const rate of byStep) expect(rate / RATE).toBeCloseTo(0.01, 9);
    const byCosine = await ratesOfEpoch3({ type: 'cosine', floor: 0 }, batchSize);
    // From two thirds of the way to its end.
    expect(byCosine[0]).toBeLessThan(0.28 * RATE);
    expect(byCosine.at(-1)).toBeCloseTo(0, 9);
  },
);

it('begin with the steps of the warm-up, whatever their size', async () => {
  const folder = temporaryFolder();
  const warm = (batchSize: number): RunConfig => {
    const run = scheduled({ type: 'constant' }, batchSize);
    return { ...run, optimizer: { ...run.optimizer, warmUpSteps: 4 * STEPS_AN_EPOCH } };
  };
  await trainUntilIdle(folder, warm(64), stopping);
  const events = await trainUntilIdle(folder, warm(32));
  const [first] = events.flatMap((event) => (event.type === 'step' ? [event] : []));
  expect(first?.learningRate).toBeCloseTo((RATE * (first?.step ?? 0)) / (4 * STEPS_AN_EPOCH), 9);
});
