import { emptyHistory } from '../../../shared/branched-history.ts';
import type { CheckpointRef, EpochEvent, TrainerEventOf } from '../../../shared/trainer-events.ts';
import { seedRun } from '../../../shared/presets.ts';

/** Trainer events for the tests of what the main process makes of them. */

export const config = seedRun();

export const step = (number: number): TrainerEventOf<'step'> => ({
  type: 'step',
  epoch: 1,
  step: number,
  loss: 1,
  accuracy: 0.5,
  learningRate: 0.001,
});

export const pace = (number: number): TrainerEventOf<'pace'> => ({
  type: 'pace',
  epoch: 1,
  step: number,
  loss: 1,
  examplesPerSecond: 1000,
  secondsLeft: 10,
});

export const progress = (
  detail: 'validation' | 'test',
  done: number,
  secondsLeft: number,
): TrainerEventOf<'progress'> => ({
  type: 'progress',
  phase: 'evaluating',
  detail,
  epoch: 1,
  step: 430,
  done,
  total: 5000,
  secondsLeft,
});

export const epoch = (number: number, atStep: number): EpochEvent => ({
  type: 'epoch',
  epoch: number,
  step: atStep,
  batches: 430,
  train: { loss: 1, accuracy: 0.5 },
  validation: null,
});

export const checkpoint = (at: number): CheckpointRef => ({
  path: `/run/model.ckpt-${at}`,
  step: at,
  epoch: 0,
  seed: 1,
});

export const started = (restoredFrom: CheckpointRef | null): TrainerEventOf<'started'> => ({
  type: 'started',
  config,
  parameters: 1,
  device: 'processor',
  precision: 'float32',
  precisionReason: 'Chosen.',
  restoredFrom,
  branch: 1,
  forks: [],
  weightsFrom: null,
  examples: { train: 55_000, validation: 5_000, test: 10_000 },
  stepsPerEpoch: 430,
  totalSteps: 4300,
});

export const opened = (
  checkpointDir: string,
  restoredFrom: CheckpointRef | null,
  steps: number[] = [],
): TrainerEventOf<'opened'> => ({
  type: 'opened',
  checkpointDir,
  restoredFrom,
  config: restoredFrom && config,
  precision: restoredFrom && 'float32',
  history: { ...emptyHistory, steps: steps.map(step) },
  warnings: [],
  found: null,
});

export const phase = (
  name: TrainerEventOf<'phase'>['phase'],
  detail = '',
): TrainerEventOf<'phase'> => ({ type: 'phase', phase: name, detail });
