import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisScaleOf, type RunTimes } from '../../../../renderer/chart/axis-scale.ts';
import { axisTicks, logarithmicTicks } from '../../../../renderer/chart/axis-ticks.ts';
import type { BranchEvent, EpochEvent } from '../../../../shared/trainer-events.ts';

const epoch = (number: number, step: number, batches: number): EpochEvent => ({
  type: 'epoch',
  epoch: number,
  step,
  batches,
  train: { loss: 1, accuracy: 0.5 },
  validation: null,
});
const clock = (step: number, seconds: number): BranchEvent => ({
  branch: 1,
  event: { type: 'clock', epoch: 1, step, seconds },
});
const none: RunTimes = { epochs: [], stepsPerEpoch: null, events: [] };

describe('an axis of epochs', () => {
  it('counts a step as its share of the epoch, and the one under way as the last', () => {
    const epochs = [epoch(1, 100, 100), epoch(2, 150, 50)];
    const scale = axisScaleOf('epochs', { ...none, epochs })!;
    expect([0, 50, 100, 125, 150, 175].map((step) => scale.valueAt(step))).toEqual([
      0, 0.5, 1, 1.5, 2, 2.5,
    ]);
    expect(scale.stepAt(1.5)).toBe(125);
  });

  it('is there within the first epoch where its length is known, and not where it is not', () => {
    expect(axisScaleOf('epochs', { ...none, stepsPerEpoch: 40 })?.valueAt(10)).toBe(0.25);
    expect(axisScaleOf('epochs', none)).toBeNull();
  });
});

describe('an axis of time', () => {
  it('is not there for a run that recorded none', () => {
    expect(axisScaleOf('time', none)).toBeNull();
  });

  it('goes evenly between the times that were told, and after the last as before it', () => {
    const events = [clock(1, 3), clock(11, 4), clock(31, 6)];
    const scale = axisScaleOf('time', { ...none, events })!;
    expect([0, 6, 21, 31, 41].map((step) => scale.valueAt(step))).toEqual([0, 3.5, 5, 6, 7]);
  });

  it('goes on where a run counts from nought again', () => {
    const events = [clock(10, 10), clock(20, 1), clock(30, 2)];
    const scale = axisScaleOf('time', { ...none, events })!;
    expect(scale.valueAt(30)).toBeCloseTo(12, 6);
  });

  it('rises with the steps and leads back to them, whatever was told', () => {
    const told = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 0, max: 1e5, noNaN: true })),
      {
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(told, fc.nat(1e6), fc.integer({ min: 1, max: 1e6 }), (pairs, a, more) => {
        const events = pairs.toSorted(([x], [y]) => x - y).map(([step, s]) => clock(step, s));
        const scale = axisScaleOf('time', { ...none, events });
        if (!scale) return;
        const [from, to] = [scale.valueAt(a), scale.valueAt(a + more)];
        expect(to).toBeGreaterThanOrEqual(from);
        if (from > 1e-6) expect(scale.valueAt(scale.stepAt(from)) / from).toBeCloseTo(1, 3);
      }),
    );
  });
});

describe('an axis’s ticks', () => {
  const labels = (...given: Parameters<typeof axisTicks>) =>
    axisTicks(...given).map(({ label }) => label);

  it('are round, and the last one says the unit', () => {
    expect(labels('steps', 0, 1290, 6)).toEqual(['0', '500', '1,000 steps']);
    expect(labels('epochs', 0, 3, 6)).toEqual(['0', '0.5', '1', '1.5', '2', '2.5', '3 epochs']);
    expect(labels('time', 0, 75, 6)).toEqual(['0', '15', '30', '45', '1:00', '1:15 min']);
    expect(labels('time', 0, 7200, 5)).toEqual(['0', '30', '1:00', '1:30', '2:00 h']);
    expect(labels('steps', 17_300, 17_304, 5)).toEqual([
      '17,300',
      '17,301',
      '17,302',
      '17,303',
      '17,304 steps',
    ]);
  });

  it('of a logarithmic axis are powers of ten, as many as have room', () => {
    const ticks = [1e-5, 5e-5, 1e-4, 1e-3, 0.005, 0.01, 0.1, 1].map((value) => ({ value }));
    const kept = (most: number) => logarithmicTicks(ticks, most).map(({ value }) => value);
    expect(kept(6)).toEqual([1e-5, 1e-4, 1e-3, 0.01, 0.1, 1]);
    expect(kept(4)).toEqual([1e-4, 0.01, 1]);
    const near = [{ value: 0.2 }, { value: 0.5 }];
    expect(logarithmicTicks(near, 4)).toEqual(near);
  });

  it('lie within the axis and are no more than have room', () => {
    const axis = fc.constantFrom('steps', 'epochs', 'time' as const);
    const from = fc.double({ min: 0, max: 1e6, noNaN: true });
    const width = fc.double({ min: 1e-2, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(axis, from, width, fc.integer({ min: 2, max: 12 }), (any, start, wide, most) => {
        const ticks = axisTicks(any, start, start + wide, most);
        expect(ticks.length).toBeLessThanOrEqual(most + 1);
        for (const { value } of ticks) {
          expect(value).toBeGreaterThanOrEqual(start - wide * 1e-6);
          expect(value).toBeLessThanOrEqual(start + wide * (1 + 1e-6));
        }
      }),
    );
  });
});
