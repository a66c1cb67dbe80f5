import { describe, expect, it } from 'vitest';
import { Drawing } from '../../../../renderer/state/drawing.svelte.ts';
import { PadReading } from '../../../../renderer/state/pad-reading.svelte.ts';
import { allSteps } from '../../../../shared/drawn-image.ts';
import { drawnDigit, randomFrom } from '../../../drawings/digits.ts';

/** The pad with these digits side by side, drawn from left to right. */
function padWith(...digits: number[]) {
  let changes = 0;
  let areCharacters = true;
  const drawing = new Drawing(() => pad.drawingChanged());
  const pad = new PadReading(
    drawing,
    () => areCharacters,
    () => changes++,
  );
  digits.forEach((digit, k) => {
    for (const stroke of drawnDigit(digit, 80, { x: 50 + 100 * k, y: 140 }, randomFrom(k + 1))) {
      drawing.begin({ ...stroke[0]!, width: 24 });
      drawing.extend(stroke.slice(1).map((point) => ({ ...point, width: 24 })));
      drawing.end();
    }
  });
  return {
    ...{ drawing, pad, changes: () => changes },
    readOther: () => {
      areCharacters = false;
    },
  };
}

const leftOf = (pad: PadReading): number => Math.min(...pad.strokes.flat().map(({ x }) => x));

describe('how the pad is read', () => {
  it('is whole and by all steps, until the place Draw is open and after it was', () => {
    const { pad, drawing } = padWith(3, 5);
    pad.takeStep('scale', false);
    expect(pad.strokes).toBe(drawing.strokes);
    expect(pad.switches).toBe(allSteps);
    const close = pad.open();
    expect(pad.symbols).toHaveLength(2);
    expect(pad.switches).toEqual({ ...allSteps, scale: false });
    expect(pad.isChanged).toBe(true);
    close();
    expect(pad.strokes).toBe(drawing.strokes);
    expect(pad.isChanged).toBe(false);
  });

  it('is of the symbol that was drawn last, until another is chosen', () => {
    const { pad, changes } = padWith(3, 5);
    pad.open();
    expect(pad.chosen).toBe(1);
    expect(leftOf(pad)).toBeGreaterThan(100);
    const told = changes();
    pad.choose(0);
    expect(changes()).toBe(told + 1);
    expect(pad.chosen).toBe(0);
    expect(leftOf(pad)).toBeLessThan(60);
  });

  it('is of one where there is only one, or where the classes are no characters', () => {
    const one = padWith(3);
    one.pad.open();
    expect(one.pad.chosen).toBeNull();
    const { pad, drawing, readOther } = padWith(3, 5);
    readOther();
    pad.open();
    expect(pad.symbols).toEqual([]);
    expect(pad.strokes).toBe(drawing.strokes);
  });

  it('keeps to the symbols that are left when strokes are undone', () => {
    const { pad, drawing } = padWith(0, 0, 0);
    pad.open();
    pad.choose(2);
    drawing.undo();
    expect(pad.symbols).toHaveLength(2);
    expect(pad.chosen).toBe(1);
  });

  it('takes all steps again', () => {
    const { pad } = padWith(3);
    pad.open();
    pad.takeStep('box', false);
    pad.takeStep('centre', false);
    pad.takeAllSteps();
    expect(pad.switches).toEqual(allSteps);
  });
});
