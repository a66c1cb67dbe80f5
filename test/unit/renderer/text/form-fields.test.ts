import { expect, it } from 'vitest';
import { fieldLabel, formFields, nameFields } from '../../../../renderer/text/form-fields.ts';
import { presets, seedRun } from '../../../../shared/presets.ts';

it('a refusal’s setting is called by its field’s label, and the field is found', () => {
  expect(nameFields('data.batchSize')).toBe('Batch size');
  expect(nameFields('Choose another folder, or training.seed 1.')).toBe(
    'Choose another folder, or Seed 1.',
  );
  expect(fieldLabel('data.batchSize')).toBe('Batch size');
  expect(fieldLabel('training.precision')).toBe('Precision');
});

it('what has no field stays as it is', () => {
  const text =
    'network.layers in /data.batchSizes/training.ts, or --weights-from, or --preset cifar';
  expect(nameFields(text)).toBe(text);
  expect(fieldLabel('/some/folder')).toBeUndefined();
});

it.each([
  ['with --image-size 64 (data.imageSize), say', 'with “Image size”, say'],
  ['with --damaged leave-out (data.damaged).', 'with “Damaged pictures”.'],
  ['they are inverted by data.invert: --no-invert', 'they are inverted by Invert: “Invert”'],
  ['a folder (--dataset FOLDER)', 'a folder (“Dataset”)'],
])('what a terminal is told is called as the window calls it: %s', (told, shown) => {
  expect(nameFields(told)).toBe(shown);
});

it('each field reads and sets its number, and nothing else', () => {
  const numbers = formFields.map((field) => field.numberIn(seedRun()));
  expect(numbers).toEqual([10, 128, 0.001, 1, 0.2, 0.5]);
  for (const field of formFields) {
    const config = field.withNumber(seedRun(), 0.25);
    expect(field.numberIn(config)).toBe(0.25);
    expect(field.withNumber(config, field.numberIn(seedRun())!)).toEqual(seedRun());
    for (const other of formFields)
      if (other !== field) expect(other.numberIn(config)).toBe(other.numberIn(seedRun()));
  }
});

it('a network without dropout has no field for it', () => {
  const leNet5 = presets['lenet-5']!();
  expect(formFields.filter((field) => field.numberIn(leNet5) === null)).toEqual(
    formFields.filter(({ isDropout }) => isDropout),
  );
});
