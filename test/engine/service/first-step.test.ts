import { expect, it } from 'vitest';
import type { TrainerEvent } from '../../../shared/trainer-events.ts';
import { smallDataset, temporaryFolder } from '../../support/folders.ts';
import { failures, smallRun, trainUntilIdle } from '../../support/trainer.ts';

it('tells the first step of a run before it answers what was asked when it began', async () => {
  const run = smallRun(await smallDataset(450, 20), 'float32');
  const config = { ...run, training: { ...run.training, maxSteps: 2 } };
  const pixels = new Uint8Array(784).fill(100);
  const image = { height: 28, width: 28, channels: 1, pixels };
  const events = await trainUntilIdle(temporaryFolder(), config, ({ type }) =>
    type === 'started' ? { type: 'ask', id: 1, question: { type: 'predict', image } } : null,
  );
  expect(failures(events)).toEqual([]);
  const placeOf = (type: TrainerEvent['type']): number =>
    events.findIndex((event) => event.type === type);
  expect(placeOf('pace')).toBeGreaterThan(placeOf('started'));
  expect(placeOf('answer')).toBeGreaterThan(placeOf('pace'));
  const answer = events.find((event) => event.type === 'answer');
  expect(answer?.answer).toMatchObject({ type: 'predict', step: 1 });
});
