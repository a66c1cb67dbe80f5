import { expect, it } from 'vitest';
import { Api } from '../../../../renderer/api.ts';
import { CheckpointFolder } from '../../../../renderer/state/checkpoint-folder.svelte.ts';
import { NetworkEditor } from '../../../../renderer/state/network-editor.svelte.ts';
import { Notices } from '../../../../renderer/state/notices.svelte.ts';
import { RunForm } from '../../../../renderer/state/run-form.svelte.ts';
import type { LayerConfig } from '../../../../shared/config.ts';
import { presets, seedRun } from '../../../../shared/presets.ts';
import { AnsweringBridge } from '../../../support/answering-bridge.ts';

function newEditor(): { form: RunForm; editor: NetworkEditor } {
  const api = new Api(new AnsweringBridge());
  const notices = new Notices(api);
  const form = new RunForm(api, notices, new CheckpointFolder(api, notices));
  return { form, editor: new NetworkEditor(form) };
}
/** Each setting by its path within the layer, what decides on others first. */
const settingsOf = (layer: LayerConfig): [string, unknown][] => {
  const { type, ...settings } = layer;
  const start = 'start' in layer ? layer.start : null;
  expect(type).not.toBe('');
  return [
    ...Object.entries(settings).filter(([key]) => key !== 'start'),
    ...(start
      ? Object.entries(start).map(([key, value]): [string, unknown] => [`start.${key}`, value])
      : []),
  ];
};
const types = (editor: NetworkEditor): string[] => editor.layers.map(({ type }) => type);

it('a layer is put after the chosen one, moved, duplicated and removed, and each is undone', () => {
  const { form, editor } = newEditor();
  const before = types(editor);
  editor.choose(0);
  editor.add('batch-normalization');
  expect(types(editor).slice(0, 3)).toEqual(['convolution', 'batch-normalization', 'pooling']);
  expect(editor.chosen).toBe(1);
  editor.move(1, 0);
  expect(types(editor).slice(0, 3)).toEqual(['batch-normalization', 'convolution', 'pooling']);
  editor.duplicate(2);
  expect(types(editor).slice(2, 4)).toEqual(['pooling', 'pooling']);
  editor.remove(0);
  for (let k = 0; k < 4; k++) form.undo();
  expect(types(editor)).toEqual(before);
  expect(form.draft).toEqual(seedRun());
});

it('what is typed into a layer goes with it', () => {
  const { form, editor } = newEditor();
  form.type('network.layers.0.filters', 'many');
  editor.move(0, 2);
  expect(form.textAt('network.layers.2.filters')).toBe('many');
  expect(form.problems['network.layers.2.filters']).toContain('whole number');
  editor.choose(0);
  editor.add('flatten');
  expect(form.textAt('network.layers.3.filters')).toBe('many');
  editor.remove(3);
  expect(form.problems).toEqual({});
});

it('the last layer stays, and a move beyond the ends is none', () => {
  const { form, editor } = newEditor();
  editor.move(0, -1);
  editor.move(editor.layers.length - 1, editor.layers.length);
  expect(form.canUndo).toBe(false);
  while (editor.layers.length > 1) editor.remove(0);
  editor.remove(0);
  expect(editor.layers).toHaveLength(1);
});

it('LeNet-5 is built from one layer', () => {
  const { form, editor } = newEditor();
  const leNet5 = presets['lenet-5']!().network.layers;
  while (editor.layers.length > 1) editor.remove(0);
  for (const layer of leNet5) editor.add(layer.type);
  editor.remove(0);
  for (const [at, layer] of leNet5.entries())
    for (const [key, value] of settingsOf(layer)) form.set(`network.layers.${at}.${key}`, value);
  expect(form.config?.network.layers).toEqual(leNet5);
});
