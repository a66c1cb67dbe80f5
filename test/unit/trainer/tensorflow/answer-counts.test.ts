import { expect, it } from 'vitest';
import { makeLabels } from '../../../../main/trainer/data/examples.ts';
import { AnswerCounts } from '../../../../main/trainer/tensorflow/answer-counts.ts';

it('answers are counted by truth, batch after batch', () => {
  const counts = new AnswerCounts(3);
  counts.count(Uint8Array.of(0, 0, 2), Float32Array.of(0, 1, 1));
  counts.count(Uint8Array.of(2), Float32Array.of(1));
  expect(counts.forScore()).toEqual({
    confusion: [
      [1, 1, 0],
      [0, 0, 0],
      [0, 2, 0],
    ],
  });
});

it('of a hundred classes the confusion is told, of one more their counts alone', () => {
  for (const [classes, told] of [
    [100, 'confusion'],
    [101, 'perClass'],
  ] as const) {
    const counts = new AnswerCounts(classes);
    const labels = makeLabels(2, classes);
    labels.set([99, 1]);
    counts.count(labels, [99, 99]);
    expect(Object.keys(counts.forScore())).toEqual([told]);
    const { perClass } = counts.forScore();
    if (perClass)
      expect([perClass.examples[99], perClass.correct[99], perClass.answered[99]]).toEqual([
        1, 1, 2,
      ]);
  }
});
