import { beforeEach, expect, it } from 'vitest';
import { Api } from '../../../../renderer/api.ts';
import { Continuation } from '../../../../renderer/state/continuation.svelte.ts';
import { Notices } from '../../../../renderer/state/notices.svelte.ts';
import type { CheckpointDetail } from '../../../../shared/checkpoint-protocol.ts';
import { initialState } from '../../../../shared/training-state.ts';
import { seedRun } from '../../../../shared/presets.ts';
import { checkpoint } from '../../main/events.ts';
import { AnsweringBridge } from '../../../support/answering-bridge.ts';

const config = seedRun();
const detail = (step: number): CheckpointDetail => ({
  ...{ name: `model.ckpt-${step}`, branch: 1, step, epoch: 1, validationLoss: null },
  ...{ bytes: 1, pinned: false, isNewest: true, isBest: false, forks: [], validation: null },
  ...{
    config,
    precision: 'float32',
    device: '',
    tensorFlow: '',
    fingerprint: 'a'.repeat(64),
    datasetHash: '',
    variables: [],
  },
});
const folder = (step: number | null) => ({
  ...{ path: '/run', found: null, recent: [] },
  checkpoint: step === null ? null : checkpoint(step),
});

let bridge: AnsweringBridge;
let taken: unknown[];
let continuation: Continuation;
beforeEach(() => {
  bridge = new AnsweringBridge();
  taken = [];
  const api = new Api(bridge);
  const folderState = { take: (each: unknown) => taken.push(each) };
  continuation = new Continuation(api, new Notices(api), folderState);
});
const phase = (name: 'training' | 'idle'): void =>
  bridge.tell('training', { ...initialState, phase: name });
const shown = (step: number) => ({ type: 'show', checkpoint: detail(step) });

it('knows the set-up of the checkpoint that a start would go on from, a recovery one too', async () => {
  continuation.load({ ...checkpoint(9), path: 'C:\\run\\recovery.ckpt-9' }, 'idle');
  expect(bridge.last('checkpoints').input).toEqual({ type: 'show', name: 'recovery.ckpt-9' });
  await bridge.last('checkpoints').answer(shown(9));
  expect(continuation.saved).toEqual({ name: 'recovery.ckpt-9', step: 9, config });
});

it('asks anew for each checkpoint, and does not take an answer about the one before', async () => {
  continuation.load(checkpoint(9), 'idle');
  const first = bridge.last('checkpoints');
  bridge.tell('folder', folder(12));
  await bridge.last('checkpoints').answer(shown(12));
  await first.answer(shown(9));
  expect(continuation.saved?.step).toBe(12);
  bridge.tell('folder', folder(null));
  expect(continuation.saved).toBeNull();
});

it('asks nothing while a run is under way, and once it is over', () => {
  continuation.load(checkpoint(9), 'training');
  bridge.tell('folder', folder(12));
  phase('training');
  expect(bridge.asked).toEqual([]);
  phase('idle');
  expect(bridge.last('checkpoints').input).toEqual({ type: 'show', name: 'model.ckpt-12' });
});

it('that a folder cannot be read hinders nothing', async () => {
  continuation.load(checkpoint(9), 'idle');
  await bridge.last('checkpoints').refuse({ what: 'No.', where: '/run', remedy: 'None.' });
  expect(continuation.saved).toBeNull();
});

it('begins a branch, or with the weights in a folder that the person chooses', async () => {
  continuation.startFrom(config, 'model.ckpt-5');
  expect(bridge.last('startFrom').input).toEqual({ config, from: 'model.ckpt-5' });
  const begun = continuation.startWithWeights(config, 'model.ckpt-9');
  expect(bridge.last('startWithWeights').input).toEqual({ config, from: 'model.ckpt-9' });
  await bridge.last('startWithWeights').answer(folder(null));
  await begun;
  expect(taken).toEqual([folder(null)]);
});
