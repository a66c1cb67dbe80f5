import { expect, it } from 'vitest';
import { disagreements } from '../../../shared/disagreements.ts';
import { fieldAt } from '../../../shared/fields.ts';
import { presets, seedRun } from '../../../shared/presets.ts';

const run = seedRun();

it('no preset has any on its own data', () => {
  for (const preset of Object.values(presets)) expect(disagreements(preset(), 55_000)).toEqual([]);
});

it('a batch above the data is told at the batch, and at what is kept from training', () => {
  const config = { ...run, data: { ...run.data, batchSize: 50, validationSize: 30 } };
  const [first, ...others] = disagreements(config, 40);
  expect(others).toEqual([]);
  expect(first).toMatchObject({
    paths: ['data.batchSize', 'data.validationSize'],
    what: 'The batch size is 50, but there are only 40 examples to train on.',
    remedy: 'Choose a batch size from 1 to 40, or keep fewer for validation.',
  });
  expect(disagreements(config, 50)).toEqual([]);
  expect(disagreements(config, null)).toEqual([]);
});

it('what waits for a validation where there is none is told at each of them', () => {
  const config = {
    ...run,
    data: { ...run.data, validationSize: 0 },
    training: { ...run.training, goal: { accuracy: 0.9, loss: null, minutes: 3 } },
    optimizer: { ...run.optimizer, reduceOnPlateau: { patience: 1, minimumGain: 0, factor: 0.5 } },
  };
  const [first] = disagreements(config, null);
  expect(first?.paths).toEqual([
    'data.validationSize',
    'training.goal.accuracy',
    'optimizer.reduceOnPlateau',
  ]);
  for (const path of first!.paths) expect(fieldAt(path), path).toBeDefined();
  expect(first?.what).toContain('wait for a validation');
});
