import { expect, it } from 'vitest';
import { classMetricsOf, perClassOf } from '../../../shared/class-metrics.ts';

const score = { loss: 1, accuracy: 11 / 14 };
const confusion = [
  [8, 2, 0],
  [1, 3, 0],
  [0, 0, 0],
];

it('precision is of the answers, recall of the examples; neither is made up where there is none', () => {
  expect(classMetricsOf({ ...score, confusion })).toEqual([
    { precision: 8 / 9, recall: 0.8, f1: 16 / 19, examples: 10 },
    { precision: 0.6, recall: 0.75, f1: 6 / 9, examples: 4 },
    { precision: null, recall: null, f1: null, examples: 0 },
  ]);
});

it('both are the same from the counts of each class, as many classes have them', () => {
  const perClass = perClassOf(confusion);
  expect(perClass).toEqual({ examples: [10, 4, 0], correct: [8, 3, 0], answered: [9, 5, 0] });
  expect(classMetricsOf({ ...score, perClass })).toEqual(classMetricsOf({ ...score, confusion }));
});

it('of a score that tells neither there are none', () => {
  expect(classMetricsOf(score)).toBeNull();
});

it('F1 is the harmonic mean of both, and 0 of a class that is never found', () => {
  const [found, unfound, unanswered] = classMetricsOf({
    ...score,
    confusion: [
      [8, 1, 0],
      [4, 0, 0],
      [2, 0, 0],
    ],
  })!;
  expect(found!.f1).toBeCloseTo(2 / (1 / found!.precision! + 1 / found!.recall!), 12);
  expect(unfound).toMatchObject({ precision: 0, recall: 0, f1: 0 });
  expect(unanswered).toMatchObject({ precision: null, recall: 0, f1: 0 });
});
