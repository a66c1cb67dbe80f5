import { expect, it } from 'vitest';
import { keptText } from '../../../../renderer/text/own-drawing-words.ts';

const drawing = { hasStrokes: true };
const picture = { hasStrokes: false };

it('what is kept is called by what it is', () => {
  expect(keptText([])).toBe('0 drawings');
  expect(keptText([drawing])).toBe('1 drawing');
  expect(keptText([picture, picture])).toBe('2 pictures');
  expect(keptText([drawing, picture, drawing])).toBe('3 drawings and pictures');
});
