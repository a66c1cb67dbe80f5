import { beforeAll, expect, it } from 'vitest';
import { CheckpointFolder } from '../../../main/checkpoint-folder.ts';
import type { Preferences } from '../../../main/preferences-file.ts';
import { readHistory } from '../../../main/trainer/checkpoint/history.ts';
import { TrainingSupervisor } from '../../../main/training-supervisor.ts';
import type { Branch } from '../../../shared/branch.ts';
import {
  addBranchEvent,
  addEpoch,
  addStep,
  emptyHistory,
} from '../../../shared/branched-history.ts';
import type { RunConfig } from '../../../shared/config.ts';
import type { EventName, EventPayload } from '../../../shared/ipc.ts';
import type { AppContract } from '../../../shared/contract.ts';
import { smallDataset, temporaryFolder } from '../../support/folders.ts';
import { failures, smallRun, STEPS_AN_EPOCH as E, trainUntilIdle } from '../../support/trainer.ts';
import type { History, TrainerEvent } from '../../../shared/trainer-events.ts';
import type { TrainerCommand } from '../../../shared/trainer-commands.ts';

let config: RunConfig;
beforeAll(async () => {
  const run = smallRun(await smallDataset(450, 20), 'float32');
  config = {
    ...run,
    // After the second and the third epoch.
    optimizer: {
      ...run.optimizer,
      reduceOnPlateau: { patience: 1, minimumGain: 1, factor: 0.5 },
    },
    training: { ...run.training, diagnosticsEvery: 5 },
    checkpoints: { ...run.checkpoints, keep: 100 },
  };
});

/** The main process without its window, and a window that is never reloaded. */
function watching(folder: string): { supervisor: TrainingSupervisor; live: History } {
  const live = structuredClone(emptyHistory);
  const heard: { [N in EventName<AppContract>]?: (payload: EventPayload<AppContract, N>) => void } =
    {
      history: (history) => Object.assign(live, structuredClone(history)),
      steps: (steps) => {
        for (const step of steps) addStep(live.steps, step);
      },
      epoch: (epoch) => {
        addEpoch(live.epochs, epoch);
      },
      happened: (event) => {
        addBranchEvent(live.events, event);
      },
    };
  const settings = {
    get: (key: string) => (key === 'folder' ? folder : []),
    set: () => undefined,
  } as unknown as Preferences;
  const nobody = { isRunning: false, send: () => undefined, shutdown: () => Promise.resolve() };
  const supervisor = new TrainingSupervisor(
    nobody,
    new CheckpointFolder(settings, folder),
    (name, payload) => heard[name]?.(payload),
  );
  return { supervisor, live };
}

it('the curves and events that a folder tells are those that the window had live, with pauses, changes and branches', async () => {
  const folder = temporaryFolder();
  const { supervisor, live } = watching(folder);

  /** Trains, seen by the main process; `commands` are given after their steps. */
  async function trained(commands: Record<number, TrainerCommand>, from?: string): Promise<void> {
    const left = new Map(Object.entries(commands));
    const when = (event: TrainerEvent): TrainerCommand | null => {
      supervisor.onEvent(event);
      if (event.type === 'phase' && event.phase === 'paused') return { type: 'resume' };
      if (event.type !== 'step') return null;
      const command = left.get(String(event.step)) ?? null;
      left.delete(String(event.step));
      return command;
    };
    const events = await trainUntilIdle(folder, config, when, from === undefined ? {} : { from });
    expect(failures(events)).toEqual([]);
  }

  async function expectSame(branch: Branch, last: number): Promise<History> {
    const { history, problems } = await readHistory(folder, branch, last);
    expect(problems).toEqual([]);
    expect(history.branch).toEqual(branch);
    expect(history.steps.at(-1)?.step).toBe(last);
    expect(supervisor.snapshot().history).toEqual(history);
    expect(live).toEqual(history);
    return history;
  }

  await trained({
    3: { type: 'pause' },
    9: { type: 'change', change: { learningRate: 5e-4 } },
    12: { type: 'stop' },
  });
  const stoppedAt = live.steps.at(-1)!.step;
  const first = { number: 1, forks: [] };
  await expectSame(first, stoppedAt);

  await trained({});
  const whole = await expectSame(first, 3 * E);
  const types = new Set(whole.events.map(({ event }) => event.type));
  // Its time is told where it took some.
  types.delete('clock');
  expect(types).toEqual(
    new Set(['diagnostics', 'changed', 'rate-lowered', 'pause-began', 'pause-ended', 'saved']),
  );
  expect(whole.steps.map(({ step }) => step)).toEqual(
    Array.from({ length: 3 * E }, (_, k) => k + 1),
  );

  await trained({ 10: { type: 'pause' } }, `model.ckpt-${E}`);
  const second = { number: 2, forks: [{ branch: 1, step: E }] };
  const branched = await expectSame(second, 3 * E);
  expect(branched.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  expect(new Set(branched.events.map(({ branch }) => branch))).toEqual(new Set([1, 2]));
  for (const { branch, event } of branched.events)
    expect(branch === 1 ? event.step <= E : event.step >= E).toBe(true);
});
