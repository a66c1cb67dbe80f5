import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areCharacters,
  areDigits,
  classNameAt,
  classText,
  cutText,
  drawPrompt,
  expectedClassNames,
  imageWords,
  nameColumn,
} from '../../../../renderer/text/class-words.ts';

const digits = Array.from('0123456789');
const letters = Array.from('abcdefghijklmnopqrstuvwxyz');
const clothes = ['T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat', 'Sandal'];
const numbered = (count: number) => Array.from({ length: count }, (_, k) => `class ${k}`);

describe('classes that are digits', () => {
  it('are 0 to 9 in their order, and no other', () => {
    expect(areDigits(digits)).toBe(true);
    expect([digits.slice(1), digits.toReversed(), [...digits, '10'], []].some(areDigits)).toBe(
      false,
    );
  });

  it('are spoken of as digits, letters as characters, all others as images', () => {
    expect(imageWords(digits)).toEqual({ one: 'digit', anyOne: 'a digit', many: 'digits' });
    expect(imageWords(letters).many).toBe('characters');
    expect(imageWords(clothes).anyOne).toBe('an image');
    expect(imageWords(['い', 'ろ']).many).toBe('images');
    expect(imageWords([]).many).toBe('images');
    expect(areCharacters([])).toBe(false);
    expect(areCharacters(['Aa', 'Bb', '7'])).toBe(true);
    expect(areCharacters(['Aa', 'Ox'])).toBe(false);
  });

  it('are known of MNIST before it is read, and of no folder', () => {
    expect(areDigits(expectedClassNames('mnist'))).toBe(true);
    expect(expectedClassNames('fashion-mnist')).toEqual([]);
    expect(expectedClassNames('/home/cats')).toEqual([]);
  });
});

describe('drawPrompt', () => {
  it.each([
    [digits, 'Draw a digit from 0 to 9'],
    [letters, 'Draw one of 26 classes: a, b, c, d, e, f, g, h, i, j, k …'],
    [['cat', 'dog'], 'Draw one of 2 classes: cat, dog'],
    [clothes, 'Draw one of 6 classes: T-shirt/top, Trouser, Pullover …'],
    [numbered(1_000), 'Draw one of 1,000 classes: class 0, class 1, class 2 …'],
    [
      ['a very long name of a bird', 'another long name'],
      'Draw one of 2 classes: a very long nam…',
    ],
    [[], 'Draw here what the network shall read'],
  ])('of %j', (classNames, prompt) => {
    expect(drawPrompt(classNames)).toBe(prompt);
  });

  it('is short, whatever the names', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 300 }), { minLength: 1 }), (classNames) => {
        const prompt = drawPrompt(classNames);
        // A name of one letter that is told by its number is as long as it gets.
        expect(prompt.length).toBeLessThan(160);
        expect(prompt).toMatch(/^Draw /);
      }),
    );
  });
});

describe('classText', () => {
  it('keeps emoji of several parts, and letters of any script', () => {
    for (const name of ['👩‍👩‍👧', 'می‌خواهم', 'い', 'T-shirt/top']) expect(classText(name)).toBe(name);
  });

  it('shows what cannot be seen, and what turns the text around it', () => {
    expect(classText('a\u202ecod.exe')).toBe('a\\u{202e}cod.exe');
    expect(classText('two\nlines')).toBe('two\\u{a}lines');
    expect(classText('')).toBe('(no name)');
  });

  it('calls a class without a name by its number', () => {
    expect(classNameAt(['cat'], 0)).toBe('cat');
    expect(classNameAt(['cat'], 7)).toBe('7');
  });
});

describe('cutText', () => {
  it('cuts between letters, never within an emoji', () => {
    expect(cutText('👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 2)).toBe('👩‍👩‍👧…');
    expect(cutText('abc', 3)).toBe('abc');
    expect(cutText('abcd', 3)).toBe('ab…');
  });
});

describe('nameColumn', () => {
  it('is one digit wide for digits, as wide as the longest name for others, and has an end', () => {
    expect(nameColumn(digits)).toBe('1ch');
    expect(nameColumn(letters)).toBe('min(42%, 2ch)');
    expect(nameColumn(clothes)).toBe('min(42%, 12ch)');
    expect(nameColumn(['い'])).toBe('min(42%, 3ch)');
    expect(nameColumn(['x'.repeat(10_000)])).toBe('min(42%, 21ch)');
    expect(nameColumn([])).toBe('min(42%, 2ch)');
  });
});
