import { expect, it } from 'vitest';
import { predictionsCsv } from '../../../../renderer/text/predictions-csv.ts';

it('exports examples one a line, whatever classes are called', () => {
  const text = predictionsCsv(
    {
      labels: Uint16Array.of(0, 1),
      answers: Uint16Array.of(1, 1),
      losses: Float32Array.of(2.5, 0.125),
      topShares: Float32Array.of(0.75, 0.25, 0.5, 0.5),
      told: 2,
      imageIds: Uint8Array.from({ length: 16 }, (_, k) => k),
      classNames: ['cat, "small"', 'dog'],
    },
    'test',
    [1, 0],
    new Set([0]),
  );
  expect(text.split('\r\n')).toEqual([
    'part,index,true class,predicted class,probability,loss,label marked as wrong,image',
    'test,1,dog,dog,0.5,0.125,no,08090a0b0c0d0e0f',
    'test,0,"cat, ""small""",dog,0.75,2.5,yes,0001020304050607',
    '',
  ]);
});
