import { expect, it } from 'vitest';
import { classMetrics } from '../../../shared/class-metrics.ts';

it('precision is of the answers, recall of the examples; neither is made up where there is none', () => {
  const confusion = [
    [8, 2, 0],
    [1, 3, 0],
    [0, 0, 0],
  ];
  expect(classMetrics(confusion)).toEqual([
    { precision: 8 / 9, recall: 0.8, examples: 10 },
    { precision: 0.6, recall: 0.75, examples: 4 },
    { precision: null, recall: null, examples: 0 },
  ]);
});
