import { expect, it } from 'vitest';
import { keptText, mixedSizesText } from '../../../../renderer/text/own-drawing-words.ts';

const drawing = { hasStrokes: true };
const picture = { hasStrokes: false };

it('what is kept is called by what it is', () => {
  expect(keptText([])).toBe('0 drawings');
  expect(keptText([drawing])).toBe('1 drawing');
  expect(keptText([picture, picture])).toBe('2 pictures');
  expect(keptText([drawing, picture, drawing])).toBe('3 drawings and pictures');
});

it('several sizes in one folder are told with their counts, and what becomes of them', () => {
  const of = (height: number, width = height) => ({ height, width });
  expect(mixedSizesText([])).toBeNull();
  expect(mixedSizesText([of(28), of(28)])).toBeNull();
  expect(mixedSizesText([of(14), of(28), of(28)])).toBe(
    'Several sizes are kept here (2 of 28×28, 1 of 14×14): in training and in Mistakes each is brought to the size of the images there, and may get blurred; to keep them apart, choose another folder for each size.',
  );
  expect(mixedSizesText([8, 9, 10, 11, 12].map((side) => of(side)))).toContain('and 1 more)');
});
