import { beforeEach, expect, it } from 'vitest';
import { Api } from '../../../../renderer/api.ts';
import { Notices } from '../../../../renderer/state/notices.svelte.ts';
import { ThreadChoice } from '../../../../renderer/state/thread-choice.svelte.ts';
import { AnsweringBridge } from '../../../support/answering-bridge.ts';

let bridge: AnsweringBridge;
let notices: Notices;
let choice: ThreadChoice;
let [training, weightEdits, forgotten] = [{ busy: false }, { count: 0 }, 0];
beforeEach(() => {
  bridge = new AnsweringBridge();
  const api = new Api(bridge);
  notices = new Notices(api);
  [training, weightEdits, forgotten] = [{ busy: false }, { count: 0 }, 0];
  const costEstimate = { forget: () => forgotten++ };
  choice = new ThreadChoice(api, { notices, training, weightEdits, costEstimate });
  choice.load({ threads: null, cores: 4 });
});

it('offers all cores, and each number below that', () => {
  expect(choice.choices).toEqual([null, 1, 2, 3]);
  choice.load({ threads: 4, cores: 4 });
  expect(choice.threads).toBeNull();
  choice.load({ threads: null, cores: 1 });
  expect(choice.choices).toEqual([null]);
});

it('takes a number, another before the trainer is there again too, and what was measured is forgotten', async () => {
  void choice.choose(2);
  expect(bridge.last('setThreads').input).toBe(2);
  // What has the keyboard stays enabled, or it would lose it.
  expect([choice.threads, choice.lock]).toEqual([2, null]);
  void choice.choose(3);
  await bridge.asked[0]!.answer();
  await bridge.last('setThreads').answer();
  expect([choice.threads, forgotten, bridge.trace.length]).toEqual([3, 2, 2]);
  void choice.choose(null);
  expect(bridge.last('setThreads').input).toBeNull();
});

it('is as it was where it is refused, and the person is told', async () => {
  choice.load({ threads: 3, cores: 4 });
  void choice.choose(1);
  const failure = { what: 'A run is under way.', where: '/run', remedy: 'Stop it first.' };
  await bridge.last('setThreads').refuse(failure);
  expect([choice.threads, choice.lock, forgotten]).toEqual([3, null, 0]);
  expect(notices.items).toMatchObject([failure]);
});

it('is locked with the reason while a run trains, and while weights are set by hand', async () => {
  training.busy = true;
  expect(choice.lock).toMatch(/^Fixed while the run trains: .* Stop the run to change it/);
  await choice.choose(1);
  training.busy = false;
  weightEdits.count = 1;
  expect(choice.lock).toMatch(/set by hand would be lost/);
  await choice.choose(1);
  expect([choice.threads, bridge.trace]).toEqual([null, []]);
});
