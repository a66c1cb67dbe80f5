import { beforeEach, expect, it, vi } from 'vitest';
import { Api } from '../../../../renderer/api.ts';
import { Notices } from '../../../../renderer/state/notices.svelte.ts';
import { WeightEdits } from '../../../../renderer/state/weight-edits.svelte.ts';
import { emptyHistory } from '../../../../shared/branched-history.ts';
import { initialState } from '../../../../shared/training-state.ts';
import { seedRun } from '../../../../shared/presets.ts';
import type { TrainingPhase } from '../../../../shared/training-phase.ts';
import { AnsweringBridge } from '../../../support/answering-bridge.ts';

const config = seedRun();
const weight = { row: 0, column: 1, channel: 0, filter: 2 };
const other = { ...weight, filter: 3 };

let bridge: AnsweringBridge;
let network: { phase: TrainingPhase; network: object | null };
let edits: WeightEdits;
let edited: number;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  bridge = new AnsweringBridge();
  network = { phase: 'paused', network: {} };
  edited = 0;
  const api = new Api(bridge);
  edits = new WeightEdits(api, new Notices(api), network, () => edited++);
});
const tell = (phase: TrainingPhase): void => {
  network.phase = phase;
  bridge.tell('training', { ...initialState, phase });
};
const sent = (): unknown => {
  vi.advanceTimersByTime(100);
  return bridge.last('editWeights').input;
};

it('what a slider passes is one change, and each is taken back by itself', () => {
  edits.set({ ...weight, value: 0.1 });
  edits.set({ ...weight, value: 0.2 });
  edits.settle();
  edits.set({ ...weight, value: 0.3 });
  edits.set({ ...other, value: 1 });
  expect(edits.count).toBe(2);
  expect(sent()).toEqual([
    { ...weight, value: 0.3 },
    { ...other, value: 1 },
  ]);
  edits.undo();
  expect(sent()).toEqual([{ ...weight, value: 0.3 }]);
  edits.undo();
  expect(sent()).toEqual([{ ...weight, value: 0.2 }]);
  edits.undo();
  expect(sent()).toEqual([]);
  expect(edits.canUndo).toBe(false);
});

it('who shows the network is told once the trainer has been', async () => {
  edits.set({ ...weight, value: 1 });
  expect(edited).toBe(0);
  await bridge.last('editWeights').answer(undefined);
  expect(edited).toBe(1);
});

it('none can be set while a run changes them, or where there is no network', () => {
  expect(edits.lock).toBeNull();
  network.phase = 'training';
  expect(edits.lock).toContain('pause it');
  network.phase = 'idle';
  expect(edits.lock).toBeNull();
  network.network = null;
  expect(edits.lock).toBe('There is no network yet.');
});

it('a paused run is ended before it goes on from them', () => {
  edits.set({ ...weight, value: 1 });
  edits.goOn(config);
  expect(bridge.last('stop')).toBeDefined();
  tell('stopping');
  edits.goOnIfAsked(config);
  expect(bridge.last('startEdited').input).toEqual({ config, edits: [{ ...weight, value: 1 }] });
  bridge.tell('history', emptyHistory);
  expect(edits.count).toBe(0);
});

it('one that has ended goes on from them at once', () => {
  network.phase = 'idle';
  edits.set({ ...weight, value: 1 });
  edits.goOn(config);
  expect(bridge.last('startEdited').input).toEqual({ config, edits: [{ ...weight, value: 1 }] });
});

it('after a start that was refused they are set again, after a crash they are gone', () => {
  edits.set({ ...weight, value: 1 });
  expect(sent()).toHaveLength(1);
  const before = bridge.asked.length;
  tell('preparing');
  tell('idle');
  vi.advanceTimersByTime(100);
  expect(bridge.asked.length).toBe(before + 1);
  tell('crashed');
  expect(edits.count).toBe(0);
});
