import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BADGE_WIDTH, badgesOf, eventMarksOf } from '../../../../renderer/chart/event-marks.ts';
import type { BranchEvent, RunEvent } from '../../../../shared/trainer-events.ts';

const at = (step: number, type: 'saved' | 'pause-began' | 'pause-ended'): BranchEvent => ({
  branch: 1,
  event: { type, epoch: 1, step },
});
const changed = (step: number): BranchEvent => ({
  branch: 1,
  event: { type: 'changed', epoch: 1, step, change: { learningRate: 1 } },
});

const anyEvents = fc.array(
  fc
    .tuple(fc.nat(2000), fc.constantFrom('saved', 'pause-began', 'changed'))
    .map(([step, type]) => (type === 'changed' ? changed(step) : at(step, type as 'saved'))),
);

describe('the marks of a run', () => {
  it('are one for all that happened after a step, in the order of the steps, however late a save is told', () => {
    const marks = eventMarksOf([
      at(3, 'pause-began'),
      at(3, 'pause-ended'),
      changed(8),
      at(3, 'saved'),
    ]);
    expect(marks.map(({ step, number, signs }) => [step, number, signs.join('')])).toEqual([
      [3, 1, '‖▸▾'],
      [8, 2, '±'],
    ]);
  });

  it('have a number, but for those where nothing but a checkpoint was saved; what is measured is none', () => {
    const measured: RunEvent = { type: 'diagnostics', epoch: 1, step: 5, layers: [] };
    const marks = eventMarksOf([at(4, 'saved'), { branch: 1, event: measured }, changed(9)]);
    expect(marks.map(({ step, number }) => [step, number])).toEqual([
      [4, null],
      [9, 1],
    ]);
  });

  it('of any run are numbered one by one and lose nothing', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const marks = eventMarksOf(events);
        const numbers = marks.flatMap(({ number }) => number ?? []);
        expect(numbers).toEqual(numbers.map((_, k) => k + 1));
        expect(marks.flatMap((mark) => mark.events)).toHaveLength(events.length);
      }),
    );
  });
});

describe('what is written beside a mark', () => {
  it('is its sign and number; of marks that lie close, which they are', () => {
    const marks = eventMarksOf([
      changed(10),
      at(20, 'pause-began'),
      changed(500),
      at(501, 'saved'),
    ]);
    expect(badgesOf(marks, (step) => step)).toEqual([
      { x: 15, text: '1–2' },
      { x: 500, text: '±3' },
    ]);
  });

  it('never lies on what is written beside another, whatever the run', () => {
    fc.assert(
      fc.property(anyEvents, fc.integer({ min: 1, max: 20 }), (events, stepsAPixel) => {
        const badges = badgesOf(eventMarksOf(events), (step) => step / stepsAPixel);
        for (const [k, { x }] of badges.entries())
          if (k > 0) expect(x - badges[k - 1]!.x).toBeGreaterThanOrEqual(BADGE_WIDTH);
      }),
    );
  });
});
