import type { PartName } from '../../shared/dataset-parts.ts';

/** A dataset's parts as the window says them. */
export const partWords: Readonly<Record<PartName, { label: string; purpose: string }>> = {
  train: { label: 'Training', purpose: 'to learn from' },
  validation: { label: 'Validation', purpose: 'to validate' },
  test: { label: 'Test', purpose: 'to test' },
};
