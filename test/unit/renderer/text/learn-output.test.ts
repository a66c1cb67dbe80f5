import { describe, expect, it } from 'vitest';
import { apartText, placesText, tryOutput } from '../../../../renderer/text/learn-output.ts';
import { learnSubject, shiftWords, signedText } from '../../../../renderer/text/learn-words.ts';
import { neighbour, sectionWords } from '../../../../renderer/text/learn-sections.ts';
import { learnSections } from '../../../../shared/learn-progress.ts';

describe('what a person tries', () => {
  it.each([
    [3, 1, 1, 28, true, '28'],
    [3, 1, 0, 26, true, '26'],
    [3, 2, 1, 14.5, false, '14.5'],
    [3, 3, 0, 9 + 1 / 3, false, '9.33'],
    [40, 1, 0, -11, false, '-11'],
  ])('kernel %d, stride %d, zeros %d: %d', (size, stride, zeros, places, fits, text) => {
    const tried = tryOutput(28, { size, stride, zeros: [zeros, zeros] });
    expect(tried.places).toBeCloseTo(places);
    expect(tried.fits).toBe(fits);
    expect(placesText(tried.places)).toBe(text);
    if (fits) expect(tried.slide.output).toBe(places);
  });
});

it('tells how far apart two numbers are', () => {
  expect(apartText(1, 1)).toBe('equal to the last bit');
  expect(apartText(1, 1 + 3.2e-8)).toBe('equal to 3.2·10⁻⁸');
});

it('tells small numbers too', () => {
  expect([signedText(1.5), signedText(0), signedText(-0.00037), signedText(0.004, 2)]).toEqual([
    '+1.500',
    '0.000',
    '−3.7·10⁻⁴',
    '+4·10⁻³',
  ]);
});

it('tells what is moved how', () => {
  expect(shiftWords({ down: 0, right: 0 })).toBe('not moved');
  expect(shiftWords({ down: -1, right: -3 })).toBe('3 to the left, 1 up');
});

it('says what Learn is told on', () => {
  const digit = { isOwn: true, name: null };
  const subject = {
    network: { isOwn: true },
    passesOver: false,
    isOpening: false,
    step: 1290,
    digit,
  };
  expect(learnSubject(subject)).toBe('on your own network, step 1,290, and your own drawing');
  expect(learnSubject({ ...subject, network: { isOwn: false }, passesOver: true })).toContain(
    'yours does not begin with a convolution',
  );
  expect(learnSubject({ ...subject, isOpening: true })).toBe(
    'your folder is being looked into: it may hold a network',
  );
});

it('the sections stand in their order, each with its neighbours', () => {
  const ids = sectionWords.map(({ id }) => id);
  expect(ids).toEqual(learnSections.filter((id) => ids.includes(id)));
  expect(neighbour('why-not-dense', -1)).toBeNull();
  expect(neighbour('why-not-dense', 1)?.id).toBe('filters');
});
