import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CheckpointFolder } from '../../../main/checkpoint-folder.ts';
import type { Preferences } from '../../../main/preferences-file.ts';
import { TrainingSupervisor } from '../../../main/training-supervisor.ts';
import {
  checkpoint,
  config,
  epoch,
  opened,
  pace,
  phase,
  progress,
  started,
  step,
} from './events.ts';
import type { TrainerCommand } from '../../../shared/trainer-commands.ts';
import { changedConfig } from '../../../shared/live-change.ts';
import { seedRun } from '../../../shared/presets.ts';

describe('TrainingSupervisor', () => {
  let home: string;
  let commands: TrainerCommand[];
  let sent: [string, unknown][];
  let training: TrainingSupervisor;
  const names = (): string[] => sent.map(([name]) => name);

  beforeEach(() => {
    home = mkdtempSync(`${tmpdir()}/firstlayer-training-`);
    commands = [];
    sent = [];
    const settings = {
      get: (key: string) => (key === 'folder' ? home : []),
      set: () => undefined,
    } as unknown as Preferences;
    const folder = new CheckpointFolder(settings, home);
    const trainer = {
      isRunning: true,
      send: (command: TrainerCommand) => commands.push(command),
      shutdown: () => Promise.resolve(),
    };
    training = new TrainingSupervisor(trainer, folder, (name, payload) =>
      sent.push([name, payload]),
    );
  });
  afterEach(() => {
    rmSync(home, { recursive: true });
  });
  const run = (): void => {
    training.start({ config: seedRun() });
    training.onEvent(started(null));
    training.onEvent(phase('training'));
    sent = [];
  };

  it('opens the folder, then shows its curves and checkpoint', () => {
    training.open();
    expect(commands).toEqual([{ type: 'open', checkpointDir: home }]);
    expect(training.snapshot().training.phase).toBe('opening');
    sent = [];
    training.onEvent(opened(home, checkpoint(9), [5, 9]));
    expect(names()).toEqual(['history', 'folder', 'training']);
    expect(training.snapshot()).toMatchObject({
      training: { phase: 'idle', resumesAt: 9, lastStep: { step: 9 } },
      folder: { checkpoint: { step: 9 } },
    });
  });

  it('does not hear of a folder that was left meanwhile', () => {
    training.open();
    training.onEvent(opened('/another', checkpoint(9), [5]));
    expect(training.snapshot().training.phase).toBe('opening');
  });

  it('tells what else lies in the folder, takes it over when asked to, and starts with that', () => {
    const found = { what: 'A checkpoint without a record.', canTakeOver: true };
    training.open();
    training.onEvent({ ...opened(home, null), found });
    expect(training.snapshot().folder.found).toEqual(found);
    training.open(true);
    expect(commands.at(-1)).toEqual({ type: 'open', checkpointDir: home, takeOver: true });
    training.onEvent({ ...opened(home, checkpoint(9)), found });
    expect(training.snapshot().folder.found).toBeNull();
    training.start({ config: seedRun() });
    expect(commands.at(-1)).toEqual({ type: 'start', checkpointDir: home, config, takeOver: true });
  });

  it('a folder that cannot be taken over stays as it is told', () => {
    const found = { what: 'A checkpoint of another program.', canTakeOver: false };
    training.open(true);
    training.onEvent({ type: 'failed', what: 'w', where: home, remedy: 'r', refused: true });
    training.onEvent({ ...opened(home, null), found });
    expect(training.snapshot()).toMatchObject({
      folder: { found },
      training: { failure: { what: 'w' }, phase: 'idle' },
    });
    training.start({ config: seedRun() });
    expect(commands.at(-1)).not.toHaveProperty('takeOver');
  });

  it('starts with the run that the form describes', () => {
    training.start({ config: seedRun() });
    expect(commands).toEqual([{ type: 'start', checkpointDir: home, config }]);
    expect(() => {
      training.start({ config: seedRun() });
    }).toThrow('under way');
  });

  it('sends steps together, with what is told next, and the state only when something else changes', () => {
    run();
    training.onEvent(step(1));
    training.onEvent(step(2));
    training.onEvent(pace(2));
    training.onEvent(progress('validation', 256, 8));
    expect(names()).toEqual(['steps', 'pace', 'progress']);
    expect(sent[0]![1]).toEqual([step(1), step(2)]);
    expect(training.snapshot().training.progress!.done).toBe(256);
    expect(training.snapshot().training.lastStep!.step).toBe(2);
    training.onEvent(epoch(1, 2));
    training.onEvent(phase('saving'));
    training.onEvent({ type: 'saved', ...checkpoint(2) });
    expect(names().slice(3)).toEqual(['epoch', 'training', 'happened', 'folder', 'training']);
  });

  it('sends no step twice: what a snapshot has, or the curves anew, was sent', () => {
    run();
    training.onEvent(step(1));
    expect(training.snapshot().history.steps).toEqual([step(1)]);
    training.onEvent(pace(1));
    training.onEvent(step(2));
    training.open();
    training.onEvent(opened(home, null));
    expect(names()).not.toContain('steps');
  });

  it('tells what happens to the run, with its branch, and tells it again after a reload', () => {
    training.open();
    training.onEvent(opened(home, checkpoint(9), [5, 9]));
    training.start({ config: seedRun() });
    const forks = [{ branch: 1, step: 9 }];
    training.onEvent({ ...started(checkpoint(9)), branch: 2, forks });
    sent = [];
    const changed = { type: 'changed', epoch: 1, step: 9, change: { learningRate: 0.1 } } as const;
    const paused = { type: 'pause-began', epoch: 1, step: 10 } as const;
    training.onEvent(changed);
    training.onEvent(step(10));
    training.onEvent(paused);
    training.onEvent({ type: 'saved', ...checkpoint(10) });
    const events = [changed, paused, { type: 'saved', epoch: 0, step: 10 }].map((event) => ({
      branch: 2,
      event,
    }));
    expect(sent.filter(([name]) => name === 'happened').map(([, event]) => event)).toEqual(events);
    expect(training.snapshot().history).toEqual({
      branch: { number: 2, forks },
      steps: [step(5), step(9), step(10)],
      epochs: [],
      events,
    });
  });

  it('pauses what trains and resumes what is paused, and nothing else', () => {
    training.pause();
    training.resume();
    training.stop();
    expect(commands).toEqual([]);
    run();
    training.resume();
    training.pause();
    training.onEvent(phase('paused'));
    training.pause();
    training.resume();
    training.stop();
    expect(commands.map(({ type }) => type)).toEqual(['start', 'pause', 'resume', 'stop']);
    expect(training.snapshot().training.phase).toBe('stopping');
  });

  it('changes numbers of the run that is under way, and of no other', () => {
    const change = { learningRate: 0.01 };
    expect(() => {
      training.change(change);
    }).toThrow('No run is under way');
    run();
    training.change(change);
    expect(commands.at(-1)).toEqual({ type: 'change', change });
    expect(() => {
      training.change({ dropRates: [0.5] });
    }).toThrow('dropouts, not 1');
    training.stop();
    expect(() => {
      training.change(change);
    }).toThrow('No run is under way');
    expect(commands.map(({ type }) => type)).toEqual(['start', 'change', 'stop']);
  });

  it('looks into the folder anew where what it would go on from was removed', () => {
    training.open();
    training.onEvent(opened(home, checkpoint(9), [5, 9]));
    training.noteRemoved(home, ['model.ckpt-5']);
    training.noteRemoved('/another', ['model.ckpt-9']);
    expect(commands).toHaveLength(1);
    training.noteRemoved(home, ['model.ckpt-5', 'model.ckpt-9']);
    // What was removed may still be put back.
    expect(commands.at(-1)).toEqual({ type: 'open', checkpointDir: home, keepsAside: true });
    expect(commands).toHaveLength(2);
  });

  it('does not look into the folder of a run that is under way', () => {
    run();
    training.onEvent({ type: 'saved', ...checkpoint(20) });
    training.noteRemoved(home, ['model.ckpt-20']);
    expect(commands.map(({ type }) => type)).toEqual(['start']);
  });

  it('after a crash says so and goes on with the same run, from the checkpoint', () => {
    run();
    training.onEvent(step(30));
    training.onEvent({ type: 'saved', ...checkpoint(20) });
    training.onCrash({ cause: 'signal 9', lastWords: 'out of memory' });
    const { failure, phase: now } = training.snapshot().training;
    expect(now).toBe('crashed');
    expect(failure!.what).toContain('signal 9');
    expect(failure!.where).toContain('out of memory');
    expect(failure!.remedy).toContain('step 20');
    training.recover();
    expect(commands.at(-1)).toEqual({ type: 'start', checkpointDir: home, config });
    training.onEvent(started(checkpoint(20)));
    expect(training.snapshot().training.failure).toBeNull();
    expect(training.snapshot().history.steps).toEqual([]);
  });

  it('begins a branch, or with another run’s weights, once more after a crash, but not from what it has saved since', () => {
    for (const more of [{ from: 'model.ckpt-9' }, { weightsFrom: '/other/model.ckpt-9' }]) {
      training.start({ config, ...more });
      const start = { type: 'start', checkpointDir: home, config };
      expect(commands.at(-1)).toEqual({ ...start, ...more });
      training.onEvent(started(null));
      training.onCrash({ cause: 'signal 9', lastWords: '' });
      training.recover();
      expect(commands.at(-1)).toEqual({ ...start, ...more });
      training.onEvent(started(null));
      const change = { learningRate: 0.5 };
      training.onEvent({ type: 'changed', epoch: 1, step: 3, change });
      training.onEvent({ type: 'saved', ...checkpoint(20) });
      training.onCrash({ cause: 'signal 9', lastWords: '' });
      training.recover();
      expect(commands.at(-1)).toEqual({ ...start, config: changedConfig(config, change) });
      training.onEvent({ type: 'failed', what: 'w', where: home, remedy: 'r' });
      training.dismissFailure();
    }
  });

  it('after a crash without a run only looks into the folder again', () => {
    training.open();
    training.onCrash({ cause: 'signal 11', lastWords: '' });
    training.recover();
    expect(commands.map(({ type }) => type)).toEqual(['open', 'open']);
  });

  it('says that it saves before it quits', async () => {
    run();
    await training.shutdown();
    expect(sent).toEqual([
      [
        'training',
        expect.objectContaining({ phase: 'stopping', detail: 'Saving before quitting' }),
      ],
    ]);
  });

  it('dismisses a failure, a crash too', () => {
    training.onCrash({ cause: 'signal 9', lastWords: '' });
    training.dismissFailure();
    expect(training.snapshot().training).toMatchObject({ phase: 'idle', failure: null });
  });
});
