import { afterEach, describe, expect, it } from 'vitest';
import { axisTicks } from '../../../renderer/chart/axis-ticks.ts';
import { quantityTexts } from '../../../renderer/chart/curve-texts.ts';
import { numberOf, wholeNumberOf } from '../../../renderer/text/number-of.ts';
import { settingText } from '../../../renderer/text/setting-text.ts';
import { whenWords } from '../../../renderer/text/when-words.ts';
import {
  formatCount,
  formatLoss,
  formatPercent,
  formatRate,
  formatScientific,
} from '../../../shared/format.ts';
import {
  currentLanguage,
  inEnglish,
  languageOf,
  speak,
  translated,
  translatedPlural,
} from '../../../shared/language.ts';

afterEach(() => {
  speak('en', {});
});

describe('which language', () => {
  it('is the chosen one, or the first of the system’s that there is', () => {
    expect(languageOf('de', ['en-US'])).toBe('de');
    expect(languageOf('en', ['de-DE'])).toBe('en');
    expect(languageOf('system', ['fr-FR', 'de-AT', 'en'])).toBe('de');
    expect(languageOf('system', ['fr-FR'])).toBe('en');
    expect(languageOf('system', [])).toBe('en');
  });
});

describe('looking up', () => {
  it('fills in what is there, and says the English where a translation is missing', () => {
    speak('de', { 'Step {0} of {1}': 'Von {1} Schritt {0}', images: ['ein Bild', '{0} Bilder'] });
    expect(translated('Step {0} of {1}', 'Step {0} of {1}', [3, 9])).toBe('Von 9 Schritt 3');
    expect(translated('Other {0}', 'Other {0}', ['{0}'])).toBe('Other {0}');
    const many = (count: number): string =>
      translatedPlural(count, 'images', ['an image', '{0} images'], [count]);
    expect([1, 2].map(many)).toEqual(['ein Bild', '2 Bilder']);
    expect(inEnglish(() => [many(1), many(2)])).toEqual(['an image', '2 images']);
    expect(currentLanguage()).toBe('de');
  });

  it('speaks as before after English has failed', () => {
    speak('de', {});
    expect(() =>
      inEnglish(() => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(currentLanguage()).toBe('de');
  });
});

describe('German numbers', () => {
  it('have a decimal comma and points between thousands', () => {
    speak('de', {});
    expect(formatCount(1_234_567)).toBe('1.234.567');
    expect([2.3026, 0.00004].map(formatLoss)).toEqual(['2,30', '4,0e-5']);
    expect(formatPercent(0.9812)).toBe('98,1 %');
    expect([0.001, 4.5e-9].map(formatRate)).toEqual(['0,001', '4,5e-9']);
    expect(formatScientific(0.0000056)).toBe('5,6·10⁻⁶');
    expect(quantityTexts.loss.formatTick(0.25)).toBe('0,25');
    expect(axisTicks('epochs', 0, 1, 3).map(({ label }) => label)[1]).toMatch(/^0,5/);
  });

  it('can be typed as they are shown, and with a point', () => {
    speak('de', {});
    expect(settingText(0.001)).toBe('0,001');
    expect(['0,001', '0.001', '4,5e-9', '1.234,5', '-1.000,25'].map(numberOf)).toEqual([
      ...[0.001, 0.001, 4.5e-9, 1234.5, -1000.25],
    ]);
    expect(['10000', '10.000', '1.234.567', '0,5'].map(wholeNumberOf)).toEqual([
      ...[10_000, 10_000, 1_234_567, 0.5],
    ]);
  });

  it('and dates as there', () => {
    speak('de', {});
    const at = new Date(2026, 10, 29, 12).getTime();
    expect(whenWords(at, new Date(2027, 0, 5).getTime())).toBe('29.11.2026');
  });
});
