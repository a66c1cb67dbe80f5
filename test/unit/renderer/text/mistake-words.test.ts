import { describe, expect, it } from 'vitest';
import {
  cellText,
  evaluationLabel,
  mistakesSentence,
  shareText,
  timesText,
  unevaluatedSentence,
} from '../../../../renderer/text/mistake-words.ts';

const digits = Array.from('0123456789');
const mix = { of: 5, takenFor: 3, count: 12 };

describe('mistakesSentence', () => {
  it('tells how much is right and what is confused most', () => {
    expect(mistakesSentence({ accuracy: 0.9856 }, 'test', 10_000, mix, digits)).toBe(
      '98.6 % of 10,000 test images are right; 5 is taken for 3 most often, 12 times.',
    );
    expect(
      mistakesSentence({ accuracy: 0.5 }, 'validation', 60, { ...mix, count: 2 }, ['x\u202e']),
    ).toBe('50.0 % of 60 validation images are right; 5 is taken for 3 most often, twice.');
  });

  it('calls classes by their names, and shows what a name would hide', () => {
    const clothes = ['Dress', 'Coat\u202e'];
    expect(
      mistakesSentence({ accuracy: 0.8 }, 'test', 50, { of: 0, takenFor: 1, count: 9 }, clothes),
    ).toContain('Dress is taken for Coat\\u{202e} most often');
  });

  it('calls nothing the most frequent that happened once', () => {
    const said = mistakesSentence({ accuracy: 0.99 }, 'test', 100, { ...mix, count: 1 }, digits);
    expect(said).toContain('no class is taken for the same other more than once');
  });

  it('says that all is right only where it is', () => {
    expect(mistakesSentence({ accuracy: 1 }, 'test', 1_200, null, digits)).toBe(
      'All 1,200 test images are right.',
    );
    expect(mistakesSentence({ accuracy: 1 }, 'test', 1, null, digits)).toBe(
      'The only test image is right.',
    );
    expect(mistakesSentence({ accuracy: 0.99999 }, 'test', 100_000, mix, digits)).toMatch(
      /^99\.9 %/,
    );
  });

  it('tells of the person’s own drawings as such', () => {
    expect(mistakesSentence({ accuracy: 0.75 }, 'own', 12, { ...mix, count: 2 }, digits)).toBe(
      '75.0 % of 12 own drawings are right; 5 is taken for 3 most often, twice.',
    );
    expect(mistakesSentence({ accuracy: 1 }, 'own', 1, null, digits)).toBe(
      'The only own drawing is right.',
    );
  });

  it('tells what is known where an earlier version has told less', () => {
    expect(mistakesSentence({ accuracy: 0.7 }, 'validation', null, undefined, digits)).toBe(
      '70.0 % of the validation images are right.',
    );
    expect(mistakesSentence({ accuracy: 0 }, 'test', 1, undefined, digits)).toBe(
      '0.0 % of 1 test image is right.',
    );
  });
});

it('a cell tells which it is and how much of its row', () => {
  expect(cellText(mix, 892, digits)).toBe('5 taken for 3: 12 of 892 (1.3 %)');
  expect(cellText({ of: 5, takenFor: 5, count: 0 }, 0, digits)).toBe('5, found: 0');
});

it('a share is never rounded to all or to nothing', () => {
  expect([shareText(1, 1), shareText(9_999, 10_000), shareText(1, 3), shareText(1, 9_999)]).toEqual(
    ['100', '99.9', '33.3', '<0.1'],
  );
});

it('numbers of times have words', () => {
  expect([1, 2, 3, 1_200].map(timesText)).toEqual(['once', 'twice', '3 times', '1,200 times']);
});

it('an empty place says when it will be filled', () => {
  expect(unevaluatedSentence(0)).toMatch(/^After the first epoch/);
  expect(unevaluatedSentence(3)).toContain('no images for validation');
});

it('evaluations are told apart', () => {
  expect(evaluationLabel({ part: 'test', epoch: 3, step: 1_290 })).toBe('Test, after step 1,290');
  expect(evaluationLabel({ part: 'validation', epoch: 3, step: 1_290 })).toBe(
    'Validation, epoch 3 (step 1,290)',
  );
});
