import { expect, it } from 'vitest';
import { Api } from '../../../../renderer/api.ts';
import { CheckpointFolder } from '../../../../renderer/state/checkpoint-folder.svelte.ts';
import { HyperparameterForm } from '../../../../renderer/state/hyperparameter-form.svelte.ts';
import { Notices } from '../../../../renderer/state/notices.svelte.ts';
import { seedRun } from '../../../../shared/presets.ts';
import { AnsweringBridge } from '../../../support/answering-bridge.ts';

function newForm(): HyperparameterForm {
  const api = new Api(new AnsweringBridge());
  const notices = new Notices(api);
  return new HyperparameterForm(api, notices, new CheckpointFolder(api, notices));
}
const batchSize = (form: HyperparameterForm) =>
  form.fields.find(({ id }) => id === 'data.batchSize')!;
const image = { height: 32, width: 32, channels: 3, classes: 4 } as const;

it('data that are taken bring a network for their images, and leave what was typed', () => {
  const form = newForm();
  form.type(batchSize(form), '20');
  form.takeData({ ...seedRun().data, dataset: '/pictures', batchSize: 7 }, image);
  expect(form.config?.data).toMatchObject({ dataset: '/pictures', batchSize: 20 });
  expect(form.config?.network.layers.at(-1)).toMatchObject({ units: 4 });
});

it('what was typed and is no number stays as it was typed', () => {
  const form = newForm();
  form.type(batchSize(form), '12o');
  form.takeData({ ...seedRun().data, dataset: '/pictures' }, image);
  expect(form.textOf(batchSize(form))).toBe('12o');
});
