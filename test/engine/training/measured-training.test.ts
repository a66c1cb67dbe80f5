import { expect, it } from 'vitest';
import type { RunConfig } from '../../../shared/config.ts';
import type { EpochEvent, TrainerEvent } from '../../../shared/trainer-events.ts';
import { compile } from '../../../main/trainer/graph/compile.ts';
import { newestCheckpoint } from '../../../main/trainer/checkpoint/reading.ts';
import { Session } from '../../../main/trainer/tensorflow/session.ts';
import { Control } from '../../../main/trainer/training/control.ts';
import { evaluateExamples } from '../../../main/trainer/tensorflow/evaluate.ts';
import { loadDataset } from '../../support/datasets.ts';
import { checkpointHash, smallDataset, temporaryFolder } from '../../support/folders.ts';
import { image } from '../../support/gradients.ts';
import { convolution, dense, flatten } from '../../support/networks.ts';
import { failures, smallRun, trainUntilIdle } from '../../support/trainer.ts';

const dataset = await smallDataset(450, 20);
const EPOCHS = 2;

/** With all that validation is without: dropout, and images that are moved. As many train as validate, so that all are measured. */
function configOf(measureTraining: boolean): RunConfig {
  const run = smallRun(dataset, 'float32');
  return {
    ...run,
    network: {
      name: 'test',
      layers: [
        convolution({ filters: 4, activation: 'relu', start: { type: 'he' } }),
        flatten,
        { type: 'dropout', rate: 0.5 },
        dense(10, { start: { type: 'glorot' } }),
      ],
    },
    data: {
      ...run.data,
      validationSize: 225,
      augmentation: {
        ...{ flip: false, crop: 0, shift: 2, rotate: 10, scale: 0.1, shear: 0 },
        ...{ brightness: 0, contrast: 0, cutOut: 0, elastic: null },
      },
    },
    training: { ...run.training, epochs: EPOCHS, measureTraining },
  };
}

const epochsIn = (events: readonly TrainerEvent[]): EpochEvent[] =>
  events.filter((event) => event.type === 'epoch');

it('training measured as validation is tells of the very examples and weights, and changes no bit', async () => {
  const [plain, measured] = [temporaryFolder(), temporaryFolder()];
  const without = await trainUntilIdle(plain, configOf(false));
  const events = await trainUntilIdle(measured, configOf(true));
  expect(failures(events)).toEqual([]);
  const last = epochsIn(events).at(-1)!;
  expect(checkpointHash(measured, last.step)).toBe(checkpointHash(plain, last.step));
  // What the epochs say besides is the same too.
  expect(epochsIn(events).map((epoch) => ({ ...epoch, trainEvaluated: undefined }))).toEqual(
    epochsIn(without),
  );

  const { train } = await loadDataset(dataset, 225);
  const session = await Session.begin(
    compile(configOf(true), 'float32', { ...image, height: 28, width: 28 }),
    (await newestCheckpoint(measured)).checkpoint!.prefix,
  );
  const score = await evaluateExamples(session, train, 784, new Control());
  session.close();
  expect(last.trainEvaluated?.examples).toBe(225);
  expect(last.trainEvaluated?.accuracy).toBe(score?.accuracy);
  expect(last.trainEvaluated?.loss).toBeCloseTo(score!.loss, 6);
  // Dropout and moved images make it worse while it trains.
  expect(last.trainEvaluated?.loss).toBeLessThan(last.train.loss);

  const told = events.flatMap((event) =>
    event.type === 'progress' && event.detail === 'training' ? event : [],
  );
  expect(told.at(-1)).toMatchObject({ phase: 'evaluating', total: 225, done: 225, epoch: EPOCHS });
});

it('it is switched on while it trains, for the epochs that end from then on, and keeps no checkpoint for it', async () => {
  const folder = temporaryFolder();
  let asked = false;
  const events = await trainUntilIdle(folder, configOf(false), (event) => {
    if (asked || event.type !== 'epoch') return null;
    asked = true;
    return { type: 'change', change: { measureTraining: true } };
  });
  expect(failures(events)).toEqual([]);
  expect(epochsIn(events).map(({ trainEvaluated }) => trainEvaluated !== undefined)).toEqual([
    false,
    true,
  ]);
  expect(events.filter(({ type }) => type === 'changed')).toMatchObject([
    { change: { measureTraining: true }, before: { measureTraining: false } },
  ]);
  expect(events.filter(({ type }) => type === 'saved')).toHaveLength(EPOCHS);
});
