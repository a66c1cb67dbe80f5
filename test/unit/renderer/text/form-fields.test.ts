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
  expect(nameFields('data.validationSize in /data.batchSizes/training.ts')).toBe(
    'data.validationSize in /data.batchSizes/training.ts',
  );
  expect(fieldLabel('/some/folder')).toBeUndefined();
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
