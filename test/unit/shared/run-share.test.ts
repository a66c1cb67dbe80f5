import { describe, expect, it } from 'vitest';
import { seedRun } from '../../../shared/presets.ts';
import { runShare } from '../../../shared/run-share.ts';
import type { PaceEvent, ProgressEvent, TrainerEventOf } from '../../../shared/trainer-events.ts';

function started(maxSteps: number | null, measureTraining = false): TrainerEventOf<'started'> {
  const run = seedRun();
  return {
    type: 'started',
    config: {
      ...run,
      data: { ...run.data, batchSize: 100 },
      training: { ...run.training, epochs: 2, maxSteps, measureTraining },
    },
    parameters: 1,
    device: '',
    precision: 'float32',
    precisionReason: '',
    restoredFrom: null,
    branch: 1,
    forks: [],
    weightsFrom: null,
    examples: { train: 400, validation: 3_000, test: 6_000 },
    stepsPerEpoch: 4,
    totalSteps: maxSteps ?? 8,
  };
}

const pace = (epoch: number, number: number): PaceEvent => ({
  type: 'pace',
  epoch,
  step: number,
  loss: 1,
  examplesPerSecond: 1,
  secondsLeft: 1,
});
const progress = (
  detail: ProgressEvent['detail'],
  epoch: number,
  number: number,
  done = 0,
): ProgressEvent => ({
  type: 'progress',
  phase: detail === '' ? 'saving' : 'evaluating',
  detail,
  epoch,
  step: number,
  done,
  total: 0,
  secondsLeft: 1,
});

describe('runShare', () => {
  // A validation is as long as ten steps, the test as twenty: 8 + 2·10 + 20 = 48 in all.
  it.each([
    [pace(1, 1), 1],
    [pace(1, 4), 4],
    [progress('validation', 1, 4, 1_500), 9],
    [progress('validation', 1, 4, 3_000), 14],
    [progress('', 1, 4), 14],
    [pace(2, 5), 15],
    [progress('validation', 2, 8, 3_000), 28],
    [progress('', 2, 8), 28],
    [progress('test', 2, 8, 3_000), 38],
    [progress('test', 2, 8, 6_000), 48],
  ])('grows through steps, validations, saving and the test', (event, done) => {
    expect(runShare(started(null), event)).toBeCloseTo(done / 48, 10);
  });

  // What is measured of training comes after the validation, as long as 4/3 of a step: 400 examples.
  it.each([
    [progress('validation', 1, 4, 3_000), 14],
    [progress('training', 1, 4, 150), 14.5],
    [progress('', 1, 4), 14 + 4 / 3],
    [progress('test', 2, 8, 6_000), 48 + 8 / 3],
  ])('grows through what is measured of training', (event, done) => {
    expect(runShare(started(null, true), event)).toBeCloseTo(done / (48 + 8 / 3), 10);
  });

  it('has no validation of an epoch that a limit of steps cuts off', () => {
    expect(runShare(started(6), pace(2, 6))).toBeCloseTo(16 / 36, 10);
    expect(runShare(started(6), progress('test', 1, 6, 6_000))).toBe(1);
  });

  it('is never more than all', () => {
    expect(runShare(started(null), pace(9, 100))).toBe(1);
  });
});
