import { describe, expect, it } from 'vitest';
import {
  answerNumber,
  gainWords,
  mapsSentence,
  rangeWords,
  scoresSentence,
  shownWords,
  strongestPlace,
  unitsSentence,
} from '../../../../renderer/text/insight-words.ts';

describe('answerNumber', () => {
  it('has three significant digits and a true minus', () => {
    expect(answerNumber(2.3149)).toBe('2.31');
    expect(answerNumber(-19.46)).toBe('−19.5');
    expect(answerNumber(0)).toBe('0');
    expect(answerNumber(12_345.6)).toBe('12,346');
    expect(rangeWords({ least: -0.5, most: 12 })).toBe('−0.5 … 12');
  });
});

describe('gainWords', () => {
  it('tells points of a hundred with a sign, and none below 0 that round to nothing', () => {
    expect([0.887, -0.0171, 0, -0.0001].map(gainWords)).toEqual(['+88.7', '−1.7', '+0.0', '+0.0']);
  });
});

describe('shownWords', () => {
  it('says how many are shown where not all are', () => {
    expect(shownWords(24, 1128)).toBe('24 of 1,128 shown');
    expect(shownWords(8, 8)).toBe('');
  });
});

describe('mapsSentence', () => {
  it('counts the maps and the blank ones among those that are shown', () => {
    expect(mapsSentence('Convolution 1', [28, 28, 32], 24, 9)).toBe(
      'Convolution 1: 32 maps of 28×28, 9 of the first 24 are blank',
    );
    expect(mapsSentence('Pooling 2', [7, 7, 8], 8, 1)).toBe(
      'Pooling 2: 8 maps of 7×7, 1 of them is blank',
    );
    expect(mapsSentence('Pooling 2', [7, 7, 8], 8, 0)).toBe(
      'Pooling 2: 8 maps of 7×7, none of them is blank',
    );
  });
});

describe('unitsSentence', () => {
  it('counts the units that are zero', () => {
    expect(unitsSentence('Dense 1', Float32Array.of(0, 1, -2, 0))).toBe(
      'Dense 1: 4 units, 2 of them are zero',
    );
  });
});

describe('scoresSentence', () => {
  it('names the two highest, of negative ones too', () => {
    const names = ['cat', 'dog', 'owl'];
    const nameOf = (label: number): string => names[label] ?? '';
    expect(scoresSentence('Dense 2', Float32Array.of(-4, -1, -2), nameOf)).toBe(
      'Dense 2: 3 scores, the highest is dog with −1, then owl with −2',
    );
  });
});

describe('strongestPlace', () => {
  const place = (at: number): string | null => {
    const values = new Float32Array(49);
    values[at] = 2;
    return strongestPlace(values, { height: 7, width: 7 });
  };

  it('says in which ninth the greatest value is', () => {
    expect(place(0)).toBe('at the upper left');
    expect(place(3)).toBe('at the top');
    expect(place(24)).toBe('in the middle');
    expect(place(27)).toBe('at the right');
    expect(place(45)).toBe('at the bottom');
    expect(place(48)).toBe('at the lower right');
  });

  it('is nowhere where nothing is above zero', () => {
    expect(strongestPlace(Float32Array.of(0, -1), { height: 1, width: 2 })).toBeNull();
  });
});
