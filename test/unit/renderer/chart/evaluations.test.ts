import { expect, it } from 'vitest';
import { evaluationsOf } from '../../../../renderer/chart/evaluations.ts';
import type { EpochEvent } from '../../../../shared/trainer-events.ts';

const score = { loss: 0.1, accuracy: 0.9 };
const epochEvent = (epoch: number, isValidated = true): EpochEvent => ({
  type: 'epoch',
  epoch,
  step: epoch * 10,
  batches: 10,
  train: score,
  validation: isValidated ? { ...score, confusion: [[epoch]] } : null,
});
const finished = { type: 'finished', epoch: 3, step: 30, test: score, seconds: 1 } as const;
const idsOf = (...args: Parameters<typeof evaluationsOf>): string[] =>
  evaluationsOf(...args).map(({ id }) => id);

it('the test comes first, then the validations, the newest first', () => {
  expect(idsOf([epochEvent(1), epochEvent(2), epochEvent(3)], finished)).toEqual([
    'test',
    'epoch 3',
    'epoch 2',
    'epoch 1',
  ]);
  expect(evaluationsOf([epochEvent(7)], null)).toEqual([
    {
      id: 'epoch 7',
      part: 'validation',
      epoch: 7,
      step: 70,
      score: { ...score, confusion: [[7]] },
    },
  ]);
});

it('an epoch without validation has no evaluation', () => {
  expect(idsOf([epochEvent(1, false), epochEvent(2)], null)).toEqual(['epoch 2']);
  expect(idsOf([epochEvent(1, false)], null)).toEqual([]);
});
