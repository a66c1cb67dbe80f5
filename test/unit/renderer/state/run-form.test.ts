import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Api } from '../../../../renderer/api.ts';
import { CheckpointFolder } from '../../../../renderer/state/checkpoint-folder.svelte.ts';
import { RunForm } from '../../../../renderer/state/run-form.svelte.ts';
import { Notices } from '../../../../renderer/state/notices.svelte.ts';
import { settingPaths } from '../../../support/setting-paths.ts';
import { presets, seedRun } from '../../../../shared/presets.ts';
import { AnsweringBridge } from '../../../support/answering-bridge.ts';
import { anyConfig } from '../../../support/random-config.ts';

function newForm(trainCount: number | null = null): RunForm {
  const api = new Api(new AnsweringBridge());
  const notices = new Notices(api);
  return new RunForm(api, notices, new CheckpointFolder(api, notices), () => trainCount);
}
const image = { height: 32, width: 32, channels: 3, classes: 4 } as const;

it('data that are taken bring a network for their images, and leave what was typed', () => {
  const form = newForm();
  form.type('data.batchSize', '20');
  form.takeData({ ...seedRun().data, dataset: '/pictures', batchSize: 7 }, image);
  expect(form.config?.data).toMatchObject({ dataset: '/pictures', batchSize: 20 });
  expect(form.config?.network.layers.at(-1)).toMatchObject({ units: 4 });
});

it('what was typed and is no number stays as it was typed, and holds the start back', () => {
  const form = newForm();
  form.type('data.batchSize', '12o');
  form.takeData({ ...seedRun().data, dataset: '/pictures' }, image);
  expect(form.textAt('data.batchSize')).toBe('12o');
  expect(form.config).toBeNull();
  expect(form.draft.data.batchSize).toBe(128);
  form.type('data.batchSize', '12');
  expect(form.config?.data.batchSize).toBe(12);
});

it('any run is shown, typed again setting by setting, and comes back unchanged', () => {
  fc.assert(
    fc.property(anyConfig('mnist'), (config) => {
      const form = newForm();
      form.load(config);
      for (const path of settingPaths(config)) {
        expect(form.fieldAt(path), path).toBeDefined();
        const { kind } = form.fieldAt(path)!.range;
        if (kind === 'choice' || kind === 'yes-no') form.set(path, form.valueAt(path));
        else form.type(path, form.textAt(path));
      }
      expect(form.problems).toEqual({});
      expect(form.config).toEqual(config);
    }),
    { numRuns: 100 },
  );
});

it('each change is undone by itself and done again, keys into one field together', () => {
  const form = newForm();
  form.type('training.epochs', '3');
  form.type('training.epochs', '30');
  form.set('optimizer.rule.type', 'adam');
  form.take(presets['lenet-5']!());
  const states = [form.draft];
  while (form.canUndo) {
    form.undo();
    states.unshift(form.draft);
  }
  expect(states.map(({ training, optimizer }) => [training.epochs, optimizer.rule.type])).toEqual([
    [10, 'rmsprop'],
    [30, 'rmsprop'],
    [30, 'adam'],
    [presets['lenet-5']!().training.epochs, presets['lenet-5']!().optimizer.rule.type],
  ]);
  while (form.canRedo) form.redo();
  expect(form.draft).toEqual(states.at(-1));
  form.undo();
  form.type('training.epochs', '4');
  expect(form.canRedo).toBe(false);
});

it('a group that is switched on has its usual settings, and off none', () => {
  const form = newForm();
  form.switchParts('training.earlyStopping', true);
  expect(form.config?.training.earlyStopping).toEqual({ patience: 5, minimumGain: 0 });
  form.type('training.earlyStopping.patience', '7');
  form.switchParts('training.earlyStopping', false);
  expect(form.config).toEqual(seedRun());
  expect(form.problems).toEqual({});
});

it('a wrongly typed number of the augmentation holds the start back while it is on, and until it is slid', () => {
  const form = newForm();
  form.switchParts('data.augmentation', true);
  expect(form.config?.data.augmentation).toMatchObject({ shift: 2, elastic: null, flip: false });
  form.type('data.augmentation.rotate', '18o');
  expect(form.config).toBeNull();
  expect(form.problems['data.augmentation.rotate']).toMatch(/^Enter /);
  expect(form.draft.data.augmentation?.rotate).toBe(10);
  form.set('data.augmentation.rotate', 12, 'data.augmentation.rotate');
  expect(form.config?.data.augmentation?.rotate).toBe(12);
  form.switchParts('data.augmentation.elastic', true);
  form.type('data.augmentation.elastic.strength', '0');
  expect(Object.keys(form.problems)).toEqual(['data.augmentation.elastic.strength']);
  form.switchParts('data.augmentation', false);
  expect(form.config).toEqual(seedRun());
});

it('says what was changed, and brings it back', () => {
  const form = newForm();
  form.type('optimizer.learningRate', '0.1');
  form.type('network.layers.0.kernel', '5x3');
  expect(form.differences.map(({ path }) => path)).toEqual([
    'optimizer.learningRate',
    'network.layers.0.kernel',
  ]);
  expect(form.isChanged('network.layers.0.kernel')).toBe(true);
  form.reset('network.layers.0.kernel');
  form.reset('optimizer.learningRate');
  expect(form.draft).toEqual(seedRun());
  expect(form.textAt('network.layers.0.kernel')).toBe('3');
});

it('numbers that were changed while a run trained are those that it goes on with', () => {
  const form = newForm();
  form.type('training.epochs', '20');
  const { optimizer, network } = seedRun();
  const layers = network.layers.map((layer) =>
    layer.type === 'dropout' ? { ...layer, rate: 0.4 } : layer,
  );
  form.keepLiveNumbers({
    ...seedRun(),
    network: { ...network, layers },
    optimizer: { ...optimizer, learningRate: 0.0005 },
  });
  expect(form.config?.optimizer.learningRate).toBe(0.0005);
  expect(form.config?.network.layers).toEqual(layers);
  expect(form.config?.training.epochs).toBe(20);
});

it('a run that was saved is compared with the preset that its network is called by', () => {
  const form = newForm();
  const saved = { ...seedRun(), training: { ...seedRun().training, epochs: 3 } };
  form.load(saved);
  expect(form.differences.map(({ path }) => path)).toEqual(['training.epochs']);
  form.resetAll();
  expect(form.draft).toEqual(seedRun());
  form.undo();
  expect(form.draft).toEqual(saved);
});

it('what does not go together is told at both ends, by the fields’ names, and holds the start back', () => {
  const form = newForm(40);
  form.type('data.batchSize', '50');
  const told = form.problems['data.batchSize'];
  expect(told).toContain('only 40 examples');
  expect(form.problems['data.validationSize']).toBe(told);
  expect(form.config).toBeNull();
  form.type('data.batchSize', '40');
  expect(form.problems).toEqual({});
  form.type('data.validationSize', '0');
  form.switchParts('training.earlyStopping', true);
  expect(form.problems['training.earlyStopping']).toContain(
    'Early stopping waits for a validation',
  );
  expect(Object.keys(form.problems)).toEqual(['data.validationSize', 'training.earlyStopping']);
});
