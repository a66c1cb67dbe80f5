import { describe, expect, it } from 'vitest';
import { chartKeyAction } from '../../../../renderer/chart/chart-keys.ts';
import { movedStep } from '../../../../renderer/chart/chart-moves.ts';
import { stepScale } from '../../../../renderer/chart/axis-scale.ts';
import { curveCsv } from '../../../../renderer/chart/curve-csv.ts';
import { curveSentence } from '../../../../renderer/chart/curve-sentence.ts';
import { linesOf, type CurveData } from '../../../../renderer/chart/curve.ts';
import type { ExtraLine } from '../../../../renderer/chart/extra-line.ts';
import { extraAt, pointedStep, readOutAt } from '../../../../renderer/chart/read-out.ts';

/** Four steps an epoch. */
const data: CurveData = {
  steps: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8),
  epochs: Float64Array.of(1, 1, 1, 1, 2, 2, 2, 2),
  values: Float64Array.of(8, 7, 6, 5, 4, 3, 2, 1),
  smoothed: Float64Array.of(8, 7.5, 7, 6, 5, 4, 3, 2),
  validation: [
    { x: 4, y: 5.5, epoch: 1 },
    { x: 8, y: 1.5, epoch: 2 },
  ],
};
const none: CurveData = {
  steps: new Float64Array(),
  epochs: new Float64Array(),
  values: new Float64Array(),
  smoothed: new Float64Array(),
  validation: [],
};
const other: ExtraLine = {
  id: 'a',
  label: '=other, "run"',
  colour: '--measured',
  dash: [4, 2],
  points: [
    { x: 2, y: 9, epoch: 1 },
    { x: 6, y: 7, epoch: 2 },
  ],
};

describe('what is read', () => {
  it('is the nearest point, with the last validation by then; without a place, the newest', () => {
    expect(readOutAt(data, 5)).toEqual({
      step: 5,
      epoch: 2,
      batch: 4,
      smoothed: 5,
      validation: 5.5,
    });
    expect(readOutAt(data, null)).toMatchObject({ step: 8, smoothed: 2, validation: 1.5 });
    expect(readOutAt(data, 2)).toMatchObject({ validation: null });
    expect(readOutAt(none, null)).toBeNull();
  });

  it('is a validation where that is close', () => {
    expect(pointedStep(data, 4.6, 0)).toBe(5);
    expect(pointedStep(data, 4.6, 1)).toBe(4);
    expect(pointedStep(none, 3, 1)).toBeNull();
  });

  it('of a line laid over is its last point by then', () => {
    expect([1, 2, 5, 6, 100].map((step) => extraAt(other, step))).toEqual([null, 9, 9, 7, 7]);
  });
});

describe('the keys', () => {
  const whole = { from: 0, to: 8 };
  const moved = (key: string, step: number | null, shiftKey = false, shown = whole) => {
    const press = { key, shiftKey, altKey: false, ctrlKey: false, metaKey: false };
    const action = chartKeyAction(press);
    if (action?.type !== 'move' && action?.type !== 'end') throw new Error('no move');
    return movedStep(action, step, { lines: linesOf(data, shown), shown, epochEnds: [4, 8] });
  };

  it('go by point, by epoch and to the ends, and no farther', () => {
    expect(moved('ArrowLeft', null)).toBe(8);
    expect(moved('ArrowLeft', 8)).toBe(7);
    expect(moved('ArrowRight', 8)).toBe(8);
    expect(moved('ArrowLeft', 7, true)).toBe(4);
    expect(moved('ArrowLeft', 4, true)).toBe(1);
    expect(moved('Home', 5)).toBe(1);
    expect(moved('End', null, false, { from: 2, to: 6 })).toBe(6);
  });

  it('that others hold are not the chart’s', () => {
    const press = { key: '0', shiftKey: false, altKey: false, ctrlKey: true, metaKey: false };
    expect(chartKeyAction(press)).toBeNull();
    expect(chartKeyAction({ ...press, key: 'a', ctrlKey: false })).toBeNull();
  });
});

it('numbers as a table have a row a step, what was measured as it was, and no formula in a name', () => {
  const lines = curveCsv('loss', data, stepScale, [other]).split('\n');
  expect(lines[0]).toBe(
    'step,epoch,seconds,training loss,training loss smoothed,validation loss," =other, ""run"""',
  );
  expect(lines[4]).toBe('4,1,4,5,6,5.5,');
  expect(lines[6]).toBe('6,2,6,3,4,,7');
  expect(lines).toHaveLength(10);
  const plain = curveCsv('loss', { ...data, smoothed: data.values }, null, []);
  expect(plain.split('\n').slice(0, 2)).toEqual([
    'step,epoch,training loss,validation loss',
    '1,1,8,',
  ]);
});

it('one sentence says what happened', () => {
  const sentence = (given: CurveData) => curveSentence('loss', given, false, String);
  expect(sentence(data)).toBe(
    'Training loss fell from 8 to 2 in 8 steps. Validation loss is 1.5 after epoch 2, the best so far.',
  );
  const worse = [...data.validation, { x: 12, y: 3, epoch: 3 }];
  expect(sentence({ ...data, validation: worse })).toMatch(
    /is 3 after epoch 3; the best was 1\.5, after epoch 2\.$/,
  );
  expect(sentence(none)).toBe('');
});
