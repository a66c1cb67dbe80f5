import { expect, it } from 'vitest';
import { leftOutWords } from '../../../../renderer/text/left-out-words.ts';

it('without a mark it says how one is made', () => {
  expect(leftOutWords(null, [])).toEqual({
    text: 'No image is marked. In Mistakes, “Label is wrong” beside an image marks it.',
    take: null,
  });
});

it('it tells how many are marked, and once they are left out that it is of training only', () => {
  expect(leftOutWords(null, ['a', 'b']).text).toBe('2 images are marked.');
  expect(leftOutWords(['a', 'b'], ['b', 'a'])).toEqual({
    text: '2 images are left out of training; validation and test keep theirs.',
    take: null,
  });
});

it('marks that have changed since are offered, not taken', () => {
  const { text, take } = leftOutWords(['a'], ['a', 'b', 'c']);
  expect(text).toMatch(/^1 image is left out of training; .* 3 images are marked now\.$/);
  expect(take).toBe('Leave out the 3 images marked now');
  expect(leftOutWords(['a'], ['b'])).toMatchObject({ take: 'Leave out the 1 image marked now' });
  expect(leftOutWords(['a'], ['b']).text).toContain('Others are marked now.');
  expect(leftOutWords(['a'], [])).toMatchObject({ take: null });
});
