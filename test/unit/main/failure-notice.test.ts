import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CheckpointFolder } from '../../../main/checkpoint-folder.ts';
import { crashNotice, type CrashScene } from '../../../main/failure-notice.ts';
import type { Preferences } from '../../../main/preferences-file.ts';
import { TrainingSupervisor } from '../../../main/training-supervisor.ts';
import { primaryAction } from '../../../renderer/state/primary-action.ts';
import type { FailureNotice } from '../../../shared/training-state.ts';
import type { TrainerCommand } from '../../../shared/trainer-commands.ts';
import type { TrainerEvent } from '../../../shared/trainer-events.ts';
import { checkpoint, config, opened, phase, started, step } from './events.ts';
import { seedRun } from '../../../shared/presets.ts';

const scene: CrashScene = {
  cause: 'signal 9',
  lastWords: '',
  isBusy: true,
  step: 30,
  resumesAt: null,
  isFolderThere: true,
};

describe('crashNotice', () => {
  it.each([
    [{}, 'Start again', 'start'],
    [{ resumesAt: 20 }, 'Go on from the last checkpoint', 'start'],
    [{ isFolderThere: false }, 'Start again', 'start'],
    [{ isFolderThere: false, resumesAt: 20 }, 'Go on from the last checkpoint', 'start'],
    [{ isBusy: false }, 'Open the folder again', 'open'],
    [{ isBusy: false, resumesAt: 20 }, 'Open the folder again', 'open'],
    [{ isBusy: false, isFolderThere: false }, 'Open the folder again', 'open'],
  ] as const)('of %o offers in words what its button “%s” does', (more, label, does) => {
    const { remedy, action } = crashNotice({ ...scene, ...more });
    expect(action).toEqual({ label, does });
    expect(remedy).toContain(label);
    expect(remedy.includes('there is no checkpoint')).toBe(label === 'Start again');
    expect(remedy.includes('step 20')).toBe(label.startsWith('Go on'));
    expect(remedy.includes('not there any more')).toBe('isFolderThere' in more);
  });

  it('names the cause, the step and the last words', () => {
    expect(crashNotice({ ...scene, lastWords: 'out of memory' })).toMatchObject({
      what: 'The trainer stopped unexpectedly (signal 9). The app itself goes on.',
      where: 'the trainer process, at step 30: out of memory',
    });
    expect(crashNotice({ ...scene, step: null }).where).toBe('the trainer process');
  });
});

describe('after a failure', () => {
  let home: string;
  let commands: TrainerCommand[];
  let training: TrainingSupervisor;
  let folder: CheckpointFolder;
  beforeEach(() => {
    home = mkdtempSync(`${tmpdir()}/firstlayer-notice-`);
    commands = [];
    const settings = {
      get: (key: string) => (key === 'folder' ? home : []),
      set: () => undefined,
    } as unknown as Preferences;
    folder = new CheckpointFolder(settings, '/nowhere');
    const trainer = {
      isRunning: true,
      send: (command: TrainerCommand) => commands.push(command),
      shutdown: () => Promise.resolve(),
    };
    training = new TrainingSupervisor(trainer, folder, () => undefined);
  });
  afterEach(() => {
    rmSync(home, { recursive: true, force: true });
  });

  const run = (...events: TrainerEvent[]): void => {
    training.start({ config: seedRun() });
    for (const event of [started(null), phase('training'), step(30), ...events])
      training.onEvent(event);
    commands.length = 0;
  };
  const crash = (): void => training.onCrash({ cause: 'signal 9', lastWords: '' });
  const notice = (): FailureNotice | null => training.snapshot().training.failure;
  /** What the button in the status bar says of where it goes on. */
  const primary = (): ReturnType<typeof primaryAction> => {
    const { phase: now, resumesAt } = training.snapshot().training;
    const { checkpoint: shown } = folder;
    return primaryAction({
      phase: now,
      resumesAt,
      checkpoint: shown,
      pausing: false,
      found: null,
      invalid: [],
      epochs: 10,
      edits: 0,
      isProving: false,
    });
  };
  const startOfRun = { type: 'start', checkpointDir: '', config } as const;

  it('before the first checkpoint, the button starts again', () => {
    run();
    crash();
    expect(notice()!.action!.label).toBe('Start again');
    expect(primary().label).toBe('Start');
    training.recover();
    expect(commands).toEqual([{ ...startOfRun, checkpointDir: home }]);
  });

  it('after one, it goes on from it', () => {
    run({ type: 'saved', ...checkpoint(20) });
    crash();
    expect(notice()!.remedy).toContain('step 20');
    expect(primary().reason).toContain('step 20');
    training.recover();
    expect(commands).toEqual([{ ...startOfRun, checkpointDir: home }]);
    expect(notice()).toBeNull();
  });

  it('a run that began afresh in a folder that had a checkpoint before does not go on from that', () => {
    training.onEvent(opened(home, checkpoint(9)));
    run();
    crash();
    expect(notice()!.action!.label).toBe('Start again');
    expect(primary().label).toBe('Start');
  });

  it.each([null, 20])('with the folder gone, saved: %s, it says so and stays', (saved) => {
    run(...(saved === null ? [] : [{ type: 'saved' as const, ...checkpoint(saved) }]));
    rmSync(home, { recursive: true });
    crash();
    const told = notice();
    expect(told!.remedy).toContain('not there any more');
    expect(() => {
      training.recover();
    }).toThrow('The checkpoint folder is not there.');
    expect(commands).toEqual([]);
    expect(notice()).toEqual(told);
  });

  it('without a run, it opens the folder', () => {
    training.open();
    training.onEvent(opened(home, checkpoint(9)));
    commands.length = 0;
    crash();
    training.recover();
    expect(commands).toEqual([{ type: 'open', checkpointDir: home }]);
  });

  it('after a run that was stopped, it opens the folder: nothing was being trained', () => {
    run({ type: 'stopped', epoch: 0, step: 30, checkpoint: checkpoint(30) });
    expect(notice()).toBeNull();
    expect(primary().reason).toContain('step 30');
    crash();
    training.recover();
    expect(commands).toEqual([{ type: 'open', checkpointDir: home }]);
  });

  it('after it was dismissed, does nothing', () => {
    run();
    crash();
    training.dismissFailure();
    training.recover();
    expect(commands).toEqual([]);
  });

  it.each([
    ['diverged, with a good checkpoint', [checkpoint(20)], 'Resume from epoch 1'],
    ['diverged, without one', [], 'Start'],
    ['could not save', [checkpoint(20)], 'Resume from epoch 1'],
  ])('%s: the remedy is the trainer’s, the way on the status bar’s', (what, saved, label) => {
    const failure = { what, where: 'step 31', remedy: 'Lower the learning rate.' };
    run(...saved.map((each) => ({ type: 'saved' as const, ...each })), {
      type: 'failed',
      ...failure,
    });
    expect(notice()).toEqual({ ...failure, action: null });
    expect(primary()).toMatchObject({ label, does: 'start' });
    training.recover();
    expect(commands).toEqual([]);
  });
});
