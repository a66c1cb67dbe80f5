import { describe, expect, it } from 'vitest';
import { penMove } from '../../../../renderer/drawing/pen-move.ts';
import { brushWidth, drawStroke } from '../../../../renderer/drawing/brush.ts';
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
    expect(brushWidth('pen', 0.9)).toBeGreaterThan(brushWidth('pen', 0.2));
    expect(brushWidth('pen', 0)).toBe(brushWidth('mouse', 0.5));
    expect(brushWidth('touch', 0)).toBe(brushWidth('mouse', 0.5));
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
