import { describe, expect, it } from 'vitest';
import { noticeOf, titleOf } from '../../../../main/desktop/run-words.ts';
import { initialState, type TrainingState } from '../../../../shared/training-state.ts';
import { seedRun } from '../../../../shared/presets.ts';

const started = { config: seedRun() } as NonNullable<TrainingState['started']>;
const pace = { type: 'pace', epoch: 3, step: 40 } as NonNullable<TrainingState['pace']>;
const finished = {
  ...{ type: 'finished', epoch: 3, step: 40, seconds: 75 },
  test: { accuracy: 0.9912, loss: 0.03 },
} as NonNullable<TrainingState['finished']>;
const failure = { what: 'The disk is full.', where: '/run', remedy: 'Free some.', action: null };

describe('the window’s title', () => {
  it('tells what happens, how far it is, and where', () => {
    const training = { ...initialState, phase: 'training', started, pace } as const;
    expect(titleOf(training, '/home/ada/my run')).toBe(
      'Training, epoch 3 of 10 — my run — Firstlayer',
    );
    expect(titleOf({ ...training, phase: 'paused' }, '/my run')).toContain('Paused, epoch 3');
  });
  it('tells no epoch where none is trained', () => {
    expect(titleOf(initialState, '/my run')).toBe('Ready — my run — Firstlayer');
    expect(titleOf({ ...initialState, phase: 'preparing', started, pace }, '/my run')).toBe(
      'Preparing — my run — Firstlayer',
    );
  });
});

describe('a notice', () => {
  it('is given of the end of a run and of a failure, once each', () => {
    const ended = { ...initialState, finished };
    expect(noticeOf(initialState, ended, '/my run')).toEqual({
      title: 'Training has finished: my run',
      body: 'Test accuracy 99.12 %, after 1 min 15 s.',
    });
    expect(noticeOf(ended, ended, '/my run')).toBeNull();
    const failed = { ...initialState, failure };
    const busy = { ...initialState, phase: 'training' } as const;
    expect(noticeOf(busy, failed, '/my run')).toEqual({
      title: 'Training failed: my run',
      body: 'The disk is full.',
    });
    expect(noticeOf(failed, failed, '/my run')).toBeNull();
  });
  it('is not given of a folder that cannot be opened: a person looks at it', () => {
    const opening = { ...initialState, phase: 'opening' } as const;
    expect(noticeOf(opening, { ...initialState, failure }, '/my run')).toBeNull();
  });
});
