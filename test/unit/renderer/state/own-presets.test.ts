import { beforeEach, describe, expect, it } from 'vitest';
import { Api } from '../../../../renderer/api.ts';
import { Notices } from '../../../../renderer/state/notices.svelte.ts';
import { OwnPresets } from '../../../../renderer/state/own-presets.svelte.ts';
import { Toasts } from '../../../../renderer/state/toasts.svelte.ts';
import type { OwnPreset } from '../../../../shared/own-presets.ts';
import { presets, seedRun } from '../../../../shared/presets.ts';
import { AnsweringBridge } from '../../../support/answering-bridge.ts';

const seed = seedRun();
const cifar = presets.cifar!();
const preset = (name: string, config = seed): OwnPreset => ({ name, config, needsData: false });

let bridge: AnsweringBridge;
let notices: Notices;
let toasts: Toasts;
let own: OwnPresets;
const answer = (list: readonly OwnPreset[], done: string | null): Promise<void> =>
  bridge.last('presets').answer({ presets: list, done });
const asked = (): unknown => bridge.last('presets').input;

beforeEach(async () => {
  bridge = new AnsweringBridge();
  const api = new Api(bridge);
  notices = new Notices(api);
  toasts = new Toasts();
  own = new OwnPresets(api, notices, toasts);
  void own.load();
  await answer([preset('Mine')], null);
});

describe('own presets in the window', () => {
  it('are those that were saved before', () => {
    expect(own.presets).toEqual([preset('Mine')]);
    expect(own.presetNamed('mine')).toEqual(preset('Mine'));
    expect(toasts.toast).toBeNull();
  });

  it('are saved, and deleted again by undo', async () => {
    void own.save('Other', cifar);
    expect(asked()).toEqual({ type: 'save', ...preset('Other', cifar) });
    await answer([preset('Mine'), preset('Other', cifar)], 'Other');
    expect(own.presets).toHaveLength(2);
    expect(toasts.toast?.text).toBe('Saved as “Other”.');
    toasts.undo();
    expect(asked()).toEqual({ type: 'remove', name: 'Other' });
    await answer([preset('Mine')], 'Other');
    expect(own.presets).toHaveLength(1);
  });

  it('bring back by undo what was saved under the same name, or deleted', async () => {
    void own.save('MINE', cifar);
    await answer([preset('MINE', cifar)], 'MINE');
    expect(toasts.toast?.text).toBe('“MINE” was replaced.');
    toasts.undo();
    expect(asked()).toEqual({ type: 'save', ...preset('Mine') });
    await answer([preset('Mine')], 'Mine');
    void own.remove('Mine');
    await answer([], 'Mine');
    toasts.undo();
    expect(asked()).toEqual({ type: 'save', ...preset('Mine') });
  });

  it('are renamed, and back by undo', async () => {
    const renamed = own.rename('Mine', 'Ours');
    await answer([preset('Ours')], 'Ours');
    expect(await renamed).toBe(true);
    toasts.undo();
    expect(asked()).toEqual({ type: 'rename', name: 'Ours', to: 'Mine' });
  });

  it('say nothing where the person has cancelled', async () => {
    void own.import();
    await answer([preset('Mine')], null);
    void own.export('Mine');
    await answer([preset('Mine')], null);
    expect([toasts.toast, notices.items]).toEqual([null, []]);
  });

  it('stay as they were where it was refused, and the reason is told', async () => {
    const renamed = own.rename('Mine', 'Ours');
    const failure = { what: 'There is one already.', where: 'here', remedy: 'Choose another.' };
    await bridge.last('presets').refuse(failure);
    expect(await renamed).toBe(false);
    expect(own.presets).toEqual([preset('Mine')]);
    expect(notices.items).toMatchObject([failure]);
    expect(toasts.toast).toBeNull();
  });
});
