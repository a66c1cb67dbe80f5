import { expect, it } from 'vitest';
import { fieldLabel, nameFields } from '../../../../renderer/text/field-names.ts';

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
