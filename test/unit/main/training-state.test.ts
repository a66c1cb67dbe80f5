import { describe, expect, it } from 'vitest';
import { crashedState, nextState } from '../../../main/training-state.ts';
import { dropRatesOf } from '../../../shared/dropout-rates.ts';
import { changeBack } from '../../../shared/live-change.ts';
import { initialState, type TrainingState } from '../../../shared/training-state.ts';
import { checkpoint, opened, pace, phase, progress, started, step } from './events.ts';
import type { TrainerEvent } from '../../../shared/trainer-events.ts';

const after = (from: Partial<TrainingState>, ...events: TrainerEvent[]): TrainingState =>
  events.reduce(nextState, { ...initialState, ...from });
const failure = { what: 'w', where: 'x', remedy: 'r' };
const notice = { ...failure, action: null };

describe('nextState', () => {
  it('follows the trainer through a run', () => {
    const running = after({ phase: 'preparing' }, started(null), phase('training'), step(7));
    expect(running).toMatchObject({ phase: 'training', lastStep: { step: 7 }, resumesAt: null });
    const saved = nextState(running, { type: 'saved', ...checkpoint(7) });
    expect(saved).toMatchObject({ resumesAt: 7, lastSaved: { step: 7 } });
  });

  it('knows the time left from steps and evaluations, and how far an evaluation is, also while it is paused', () => {
    const training = after({ phase: 'training' }, started(null), pace(7));
    expect(training).toMatchObject({ progress: null, secondsLeft: 10 });
    const evaluating = after(
      training,
      phase('evaluating', 'validation'),
      progress('validation', 256, 8),
    );
    expect(evaluating).toMatchObject({ progress: { done: 256 }, secondsLeft: 8 });
    const paused = after(evaluating, phase('paused'), phase('evaluating', 'validation'));
    expect(paused).toMatchObject({ progress: { done: 256 }, secondsLeft: 8 });
    expect(after(paused, phase('training'), pace(8))).toMatchObject({
      progress: null,
      secondsLeft: 10,
    });
  });

  it.each<[string, TrainerEvent]>([
    ['a start', started(checkpoint(5))],
    ['an end', { type: 'stopped', epoch: 0, step: 7, checkpoint: null }],
    ['a failure', { type: 'failed', ...failure }],
    ['another folder', opened('/run', null)],
  ])('knows no time left after %s, whatever the run before had', (_name, event) => {
    const running = after({ phase: 'evaluating' }, pace(7), progress('validation', 256, 8));
    expect(nextState(running, event)).toMatchObject({ progress: null, secondsLeft: null });
  });

  it('stays opening until the folder was looked into, whatever the trainer calls it', () => {
    const busy = after({ phase: 'opening' }, phase('preparing', 'reading'));
    expect(busy).toMatchObject({ phase: 'opening', detail: 'reading' });
    expect(nextState(busy, phase('idle')).phase).toBe('opening');
    const done = nextState(busy, opened('/run', checkpoint(5), [4]));
    expect(done).toMatchObject({ phase: 'idle', resumesAt: 5, lastStep: { step: 4 } });
  });

  it('does not take back a start that was asked for while opening', () => {
    expect(after({ phase: 'preparing' }, opened('/run', null)).phase).toBe('preparing');
  });

  it('stays stopping until it has stopped', () => {
    const saving = after({ phase: 'stopping' }, phase('saving', 'writing'));
    expect(saving).toMatchObject({ phase: 'stopping', detail: 'writing' });
    const stopped = nextState(saving, {
      type: 'stopped',
      epoch: 0,
      step: 3,
      checkpoint: checkpoint(3),
    });
    expect(stopped).toMatchObject({ phase: 'idle', resumesAt: 3 });
  });

  it('keeps a failure until the next start', () => {
    const failed = after({ phase: 'training' }, { type: 'failed', ...failure });
    expect(failed).toMatchObject({ phase: 'idle', failure: notice });
    expect(nextState(failed, phase('idle')).failure).toEqual(notice);
    expect(nextState(failed, started(null)).failure).toBeNull();
  });

  it('hears nothing of a process that is gone', () => {
    const crashed = crashedState({ ...initialState, phase: 'training' }, notice);
    expect(nextState(crashed, phase('idle'))).toMatchObject({ phase: 'crashed', failure: notice });
  });

  it('gives back the same object where nothing changes', () => {
    const state = { ...initialState };
    expect(nextState(state, { type: 'ready' })).toBe(state);
    expect(nextState(state, { type: 'warning', ...failure })).toBe(state);
  });
});

describe('the run that is told of', () => {
  const running = (rateFactor: number): TrainingState =>
    after({}, { ...started(null), rateFactor }, phase('training'));

  it('has the numbers as they were changed last', () => {
    const changed = { type: 'changed', epoch: 1, step: 3 } as const;
    const { started: now } = after(
      running(0.5),
      { ...changed, change: { weightDecay: 0.1, dropRates: [0, 0.1, 0.2, 0.3] } },
      { ...changed, change: { weightDecay: 0.2 } },
    );
    expect(now!.config.optimizer.weightDecay).toBe(0.2);
    expect(dropRatesOf(now!.config)).toEqual([0, 0.1, 0.2, 0.3]);
    expect(now!.rateFactor).toBe(0.5);
  });

  it('knows by what plateaus have lowered the rate, until a person sets it; undo gives it back', () => {
    const lowered = after(running(0.5), {
      type: 'rate-lowered',
      epoch: 2,
      step: 8,
      learningRate: 0.00025,
      rateFactor: 0.25,
    });
    expect(lowered.started!.rateFactor).toBe(0.25);
    const change = { learningRate: 0.1 };
    const before = changeBack(lowered.started!.config, change, 0.25);
    const set = nextState(lowered, { type: 'changed', epoch: 2, step: 9, change, before });
    expect(set.started).toMatchObject({
      config: { optimizer: { learningRate: 0.1 } },
      rateFactor: 1,
    });
    const undone = nextState(set, { type: 'changed', epoch: 2, step: 9, change: before });
    expect(undone.started).toEqual(lowered.started);
  });
});
