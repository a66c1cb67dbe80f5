import { describe, expect, it } from 'vitest';
import {
  calibratedWords,
  moveText,
  originSentence,
  temperatureSentence,
} from '../../../../renderer/text/calibration-words.ts';
import { formatPercent } from '../../../../shared/format.ts';

const sentence = (
  temperature: number,
  errors: [before: number, after: number],
  bound: 'least' | 'most' | null = null,
): string =>
  temperatureSentence({
    ...{ temperature, bound, loss: { before: 0.0512, after: 0.0489 } },
    reliability: { before: { expectedError: errors[0] }, after: { expectedError: errors[1] } },
  });

describe('what is said of a temperature', () => {
  it('tells whether the network was too sure, and what scaling does, though it be for the worse', () => {
    expect(sentence(1.372, [0.012, 0.004])).toBe(
      'T = 1.37: the network was too sure; after scaling the expected calibration error falls from 1.2 % to 0.4 %, and the loss falls from 0.0512 to 0.0489.',
    );
    expect(sentence(0.8, [0.004, 0.012])).toContain(
      'T = 0.80: the network was not sure enough; after scaling the expected calibration error rises from 0.4 % to 1.2 %',
    );
  });

  it('says nothing of a tendency that the shown digits do not have', () => {
    expect(sentence(1.004, [0.0121, 0.0123])).toContain(
      'T = 1.00: the network is as sure as it should be; after scaling the expected calibration error stays at 1.2 %',
    );
    expect(moveText({ before: 0.5, after: 0.50001 }, (n) => formatPercent(n))).toBe(
      'stays at 50.0 %',
    );
  });

  it('takes a bound for no measurement', () => {
    expect(sentence(0.05, [0.2, 0.01], 'least')).toMatch(
      /least that is tried, 0.05.*no measurement; after/,
    );
    expect(sentence(20, [0.2, 0.1], 'most')).toMatch(
      /most that is tried, 20.00.*no measurement; after/,
    );
  });
});

it('the images on which it was fitted are the same, others of the run, or others altogether', () => {
  expect(originSentence(5_000, 'validation', true)).toBe(
    'T is fitted on these same 5,000 validation images, so it looks its best here: the test part is the fair check.',
  );
  expect(originSentence(5_000, 'test', true)).toContain(
    'the run’s own 5,000 validation images, and tried on images that had no part in it: a fair check',
  );
  expect(originSentence(1, 'train', true)).toContain('1 validation image.');
  expect(originSentence(1, 'own', true)).toContain('tried on what you have drawn yourself');
  expect(originSentence(5_000, 'validation', false)).toContain(
    'the run’s own 5,000 validation images, and tried on other data',
  );
});

describe('what is said of a drawing’s temperature', () => {
  const of = (stepNow: number | null, isOfOlder = false, bound: 'least' | null = null): string =>
    calibratedWords(
      { temperature: 1.372, bound, images: 5_000 },
      { step: 860, stepNow, isOfOlder, share: stepNow === null || bound !== null ? null : 0.612 },
    );

  it('is what the share means, and on what and when T was fitted', () => {
    expect(of(860)).toBe(
      'Of validation images told with 61.2 % after scaling, about as many are right. T = 1.37, fitted on 5,000 validation images at step 860.',
    );
    expect(of(null)).toBe('T = 1.37, fitted on 5,000 validation images at step 860.');
  });

  it('is that it is old, where the network has trained on or another checkpoint is there', () => {
    expect(of(1_024, true)).toBe(
      'T = 1.37, fitted on 5,000 validation images at step 860. The network that reads here is of step 1,024: T is old, and so is what it says.',
    );
    expect(of(860, true)).toMatch(/^T = 1.37, .*another checkpoint by now/);
  });

  it('promises nothing of a bound', () => {
    expect(of(860, false, 'least')).toMatch(
      /^The search for T ended .* It is no measurement; it was fitted on 5,000 validation images/,
    );
  });
});
