import { expect, it } from 'vitest';
import { fieldOf, nameFields } from '../../../../renderer/text/field-labels.ts';

it('a refusal’s setting is called by its field’s label, and the field is found', () => {
  expect(nameFields('data.batchSize')).toBe('Batch size');
  expect(nameFields('Choose another folder, or training.seed 1.')).toBe(
    'Choose another folder, or Seed 1.',
  );
  expect(fieldOf('data.batchSize')).toBe('batchSize');
});

it('what has no field stays as it is', () => {
  expect(nameFields('data.validationSize in /data.batchSizes/training.ts')).toBe(
    'data.validationSize in /data.batchSizes/training.ts',
  );
  expect(fieldOf('/some/folder')).toBeUndefined();
});
