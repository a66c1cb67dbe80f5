import { describe, expect, it } from 'vitest';
import { penMove } from '../../../../renderer/drawing/pen-move.ts';
import { brushWidth, drawStroke, USUAL_PEN } from '../../../../renderer/drawing/brush.ts';
import { PAD } from '../../../../shared/strokes.ts';

describe('penMove', () => {
  it('moves by arrows, further with shift, and stays on the pad', () => {
    const at = { x: 100, y: 100 };
    expect(penMove(at, { key: 'ArrowLeft', shiftKey: false })).toEqual({ x: 90, y: 100 });
    expect(penMove(at, { key: 'ArrowDown', shiftKey: true })).toEqual({ x: 100, y: 140 });
    expect(penMove({ x: PAD, y: 0 }, { key: 'ArrowRight', shiftKey: true })).toEqual({
      x: PAD,
      y: 0,
    });
    expect(penMove(at, { key: 'a', shiftKey: false })).toBeNull();
  });
});

describe('brushWidth', () => {
  it('follows a pen’s pressure, and no other', () => {
    const width = (type: string, pressure: number) => brushWidth(type, pressure, USUAL_PEN);
    expect(width('pen', 0.9)).toBeGreaterThan(width('pen', 0.2));
    expect(width('pen', 0)).toBe(width('mouse', 0.5));
    expect(width('touch', 0)).toBe(width('mouse', 0.5));
    expect(width('mouse', 0.9)).toBe(24);
  });

  it('is what was chosen, of a pen in proportion', () => {
    expect(brushWidth('mouse', 0.5, 10)).toBe(10);
    expect(brushWidth('pen', 0.5, 10)).toBeCloseTo(10);
    expect(brushWidth('pen', 1, 10) / brushWidth('pen', 1, 40)).toBeCloseTo(0.25);
  });
});

it('draws a single point as a dot, of some length, or a canvas would leave it out', () => {
  const done: unknown[] = [];
  drawStroke(
    {
      lineWidth: 0,
      lineCap: 'butt',
      lineJoin: 'miter',
      beginPath: () => done.push('begin'),
      moveTo: (x, y) => done.push(['move', x, y]),
      lineTo: (x, y) => done.push(['line', x, y]),
      stroke: () => done.push('stroke'),
    },
    [{ x: 3, y: 4, width: 24 }],
  );
  expect(done).toEqual(['begin', ['move', 3, 4], ['line', 3.01, 4], 'stroke']);
});
