import type { ExaminedPart, PartName } from '../../shared/dataset-parts.ts';

/** A dataset's parts as the window says them. */
export const partWords: Readonly<Record<PartName, { label: string; purpose: string }>> = {
  train: { label: 'Training', purpose: 'to learn from' },
  validation: { label: 'Validation', purpose: 'to validate' },
  test: { label: 'Test', purpose: 'to test' },
};

/** What a checkpoint is examined on, as the window says it. */
export const examinedWords: Readonly<Record<ExaminedPart, string>> = {
  train: partWords.train.label,
  validation: partWords.validation.label,
  test: partWords.test.label,
  own: 'My drawings',
};
