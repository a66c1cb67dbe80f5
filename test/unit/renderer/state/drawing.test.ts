import { describe, expect, it } from 'vitest';
import { Drawing } from '../../../../renderer/state/drawing.svelte.ts';

const at = (x: number) => ({ x, y: 10, width: 24 });

function drawn(...places: number[]) {
  let changes = 0;
  const drawing = new Drawing(() => changes++);
  for (const x of places) {
    drawing.begin(at(x));
    drawing.extend([at(x + 5)]);
    drawing.end();
  }
  const first = () => drawing.strokes.map(([point]) => point?.x);
  return { drawing, first, changes: () => changes };
}

describe('what was drawn', () => {
  it('is undone and redone stroke by stroke, to both ends and no further', () => {
    const { drawing, first, changes } = drawn(1, 2, 3);
    drawing.undo();
    drawing.undo();
    expect(first()).toEqual([1]);
    expect(drawing.canRedo).toBe(true);
    drawing.redo();
    expect(first()).toEqual([1, 2]);
    drawing.redo();
    expect(first()).toEqual([1, 2, 3]);
    expect(drawing.canRedo).toBe(false);
    const told = changes();
    drawing.redo();
    expect(changes()).toBe(told);
    for (let k = 0; k < 4; k++) drawing.undo();
    expect(drawing.isEmpty).toBe(true);
    expect(drawing.canUndo).toBe(false);
  });

  it('comes back whole after it was cleared, and can be cleared again by redo', () => {
    const { drawing, first } = drawn(1, 2);
    drawing.clear();
    drawing.undo();
    expect(first()).toEqual([1, 2]);
    drawing.redo();
    expect(drawing.isEmpty).toBe(true);
  });

  it('cannot be redone any more once something else is drawn', () => {
    const { drawing, first } = drawn(1, 2);
    drawing.undo();
    drawing.begin(at(7));
    expect(drawing.canRedo).toBe(false);
    drawing.redo();
    expect(first()).toEqual([1, 7]);
  });

  it('keeps the pen’s width between what can be seen and what leaves holes open', () => {
    const { drawing } = drawn();
    expect(drawing.penWidth).toBe(24);
    drawing.penWidth = 1;
    expect(drawing.penWidth).toBe(6);
    drawing.penWidth = 400;
    expect(drawing.penWidth).toBe(48);
  });
});
