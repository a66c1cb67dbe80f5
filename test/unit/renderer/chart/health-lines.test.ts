import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  healthAxis,
  healthLines,
  healthMeasures,
  lookAt,
  pathOf,
  stepAxis,
  valueAtStep,
  type HealthLine,
} from '../../../../renderer/chart/health-lines.ts';
import type { DiagnosticsEvent } from '../../../../shared/trainer-events.ts';

const reading = (step: number, gradientNorm: number, deadShare: number): DiagnosticsEvent => ({
  type: 'diagnostics',
  epoch: 1,
  step,
  layers: [
    { layer: 0, name: 'convolution_1', gradientNorm, updateNorm: 1, weightNorm: 4, deadShare },
    { layer: 3, name: 'dense_1', gradientNorm: 1, updateNorm: 1, weightNorm: 0, deadShare: null },
  ],
});
const readings = [reading(1, 0.001, 0), reading(51, 0.1, 0.5), reading(101, 10, 1)];
const linesOf = (id: string): HealthLine[] =>
  healthLines(readings, healthMeasures.find((measure) => measure.id === id)!.of);

describe('lines of layers’ health', () => {
  it('are those of the layers that have the measure', () => {
    expect(linesOf('dead')).toEqual([
      {
        layer: 0,
        name: 'convolution_1',
        at: 0,
        points: [
          { step: 1, value: 0 },
          { step: 51, value: 0.5 },
          { step: 101, value: 1 },
        ],
      },
    ]);
    // Weights that are all zero have no ratio; earlier versions did not record the spread.
    expect(linesOf('ratio').map(({ name, points }) => [name, points[0]?.value])).toEqual([
      ['convolution_1', 0.25],
    ]);
    expect(linesOf('spread')).toEqual([]);
    expect(valueAtStep(linesOf('dead')[0]!, 99)).toBe(0.5);
    expect(valueAtStep(linesOf('dead')[0]!, 0)).toBeNull();
  });

  it('stand on one log axis of whole decades, zero at its foot', () => {
    const lines = linesOf('gradient');
    const axis = healthAxis(lines, 'log');
    expect(axis.ticks).toEqual(
      [0.001, 0.01, 0.1, 1, 10].map((tick) => expect.closeTo(tick, 9) as number),
    );
    expect([0, 0.001, 0.1, 10].map(axis.heightOf)).toEqual([0, 0, 0.5, 1]);
    expect(pathOf(lines[0]!, stepAxis(lines), axis, { width: 100, height: 40 })).toBe(
      'M0.0 40.0L50.0 20.0L100.0 0.0',
    );
  });

  it('whatever was measured, stand within the picture, the greater the higher, with few ticks', () => {
    const value = fc.double({ min: 0, max: 1e30, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 30 }), (values) => {
        const points = values.map((each, k) => ({ step: k, value: each }));
        const axis = healthAxis([{ layer: 0, name: '', at: 0, points }], 'log');
        expect(axis.ticks.length).toBeLessThanOrEqual(6);
        const sorted = [...values].sort((a, b) => a - b).map(axis.heightOf);
        sorted.forEach((height, k) => {
          expect(height).toBeGreaterThanOrEqual(sorted[k - 1] ?? 0);
          expect(height).toBeLessThanOrEqual(1);
        });
      }),
    );
  });

  it('are told apart by more than colour, up to sixteen of them', () => {
    const looks = Array.from({ length: 16 }, (_, k) => lookAt(k));
    expect(new Set(looks.map(({ colour, dash }) => colour + dash)).size).toBe(16);
    looks.slice(1).forEach(({ dash }, k) => expect(dash).not.toBe(looks[k]!.dash));
  });
});
