import { beforeEach, expect, it } from 'vitest';
import { Api } from '../../../../renderer/api.ts';
import { CheckpointFolder } from '../../../../renderer/state/checkpoint-folder.svelte.ts';
import { Continuation } from '../../../../renderer/state/continuation.svelte.ts';
import { Notices } from '../../../../renderer/state/notices.svelte.ts';
import { RunForm } from '../../../../renderer/state/run-form.svelte.ts';
import { SetupExchange } from '../../../../renderer/state/setup-exchange.svelte.ts';
import { Toasts } from '../../../../renderer/state/toasts.svelte.ts';
import { presets, seedRun } from '../../../../shared/presets.ts';
import type { PortableSetup } from '../../../../shared/portable-setup.ts';
import { AnsweringBridge } from '../../../support/answering-bridge.ts';

const lenet = presets['lenet-5']!();
const lesson: PortableSetup = {
  ...{ config: lenet, needsData: false },
  hidden: ['network', 'saving'],
};

let bridge: AnsweringBridge;
let training: { busy: boolean };
let form: RunForm;
let toasts: Toasts;
let exchange: SetupExchange;
let given: number;
/** A window that has not been told yet what it begins with. */
function openWindow(): void {
  bridge = new AnsweringBridge();
  const api = new Api(bridge);
  const notices = new Notices(api);
  const folder = new CheckpointFolder(api, notices);
  form = new RunForm(api, notices, folder);
  toasts = new Toasts();
  training = { busy: false };
  given = 0;
  const continuation = new Continuation(api, notices, folder);
  const around = { form, continuation, toasts, notices, knownData: { image: null }, training };
  exchange = new SetupExchange(api, around, () => given++);
}
beforeEach(() => {
  openWindow();
  exchange.load([]);
});
/** What was asked to be kept, in order. */
const kept = (): unknown[] =>
  bridge.asked.filter(({ call }) => call === 'saveHidden').map(({ input }) => input);

it('what a teacher hides is kept, until the person has everything shown', () => {
  bridge.tell('setup', lesson);
  expect(given).toBe(1);
  expect(form.config).toEqual(lenet);
  expect(exchange.isHidden('saving')).toBe(true);
  expect(exchange.isHidden('data')).toBe(false);
  exchange.showAll();
  expect(exchange.hidden).toEqual([]);
  expect(kept()).toEqual([['network', 'saving'], []]);
});

it('is as it was kept when the window begins anew, which changes nothing', () => {
  exchange.load(['optimizer']);
  expect(exchange.hidden).toEqual(['optimizer']);
  expect(kept()).toEqual([]);
});

it('a set-up that is taken back takes back what it hides, and what it showed', () => {
  exchange.load(['optimizer']);
  exchange.take(lenet, 'LeNet-5');
  expect(exchange.hidden).toEqual([]);
  toasts.undo();
  expect(form.config).toEqual(seedRun());
  expect(exchange.hidden).toEqual(['optimizer']);
  expect(kept()).toEqual([[], ['optimizer']]);
});

it('a network that is pasted on the layers is shown before it is taken', () => {
  exchange.showPasted(JSON.stringify(lenet.network));
  expect(exchange.dialog).toBe('import');
  expect(exchange.pastedText).toBe(JSON.stringify(lenet.network));
  expect(form.config).toEqual(seedRun());
  exchange.closeDialog();
  exchange.openDialog('import');
  expect(exchange.pastedText).toBe('');
});

it.each(['', 'Convolution 1', '{"a": 1}', '[1, 2]', 'fl', 'https://example.org/'])(
  'of any other text, as %j, nothing is done but to say so',
  (text) => {
    exchange.showPasted(text);
    expect(exchange.dialog).toBeNull();
    expect(toasts.toast).toMatchObject({ text: 'What is pasted is no network.', undo: null });
  },
);

it('a set-up that is given while a run trains is not taken, and hides nothing', () => {
  training.busy = true;
  bridge.tell('setup', lesson);
  expect(form.config).toEqual(seedRun());
  expect(exchange.hidden).toEqual([]);
  expect(toasts.toast?.text).toMatch(/was not taken/);
});

it('a set-up that is given before the window has begun is taken once it has', () => {
  openWindow();
  bridge.tell('setup', lesson);
  expect(given).toBe(0);
  form.load(seedRun());
  exchange.load([]);
  expect([given, form.config]).toEqual([1, lenet]);
  expect(exchange.isHidden('saving')).toBe(true);
});
