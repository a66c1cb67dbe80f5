import { afterEach, expect, it } from 'vitest';
import { SpokenLanguage, languageVariable } from '../../../main/spoken-language.ts';
import { languageOf, LANGUAGE_VARIABLE, speak } from '../../../shared/language.ts';
import { memoryPreferences } from '../../support/memory-preferences.ts';

afterEach(() => {
  speak('en', {});
});

it('tells everyone of another language, and nobody where it stays', () => {
  const preferences = memoryPreferences();
  const told: string[] = [];
  const language = new SpokenLanguage({
    preferences,
    speakChosen: (choice) => speak(languageOf(choice, ['en-GB']), {}),
    menuChanged: () => told.push('menu'),
    tellTrainer: (spoken) => told.push(`trainer ${spoken}`),
    readers: [{ close: () => told.push('reader') }],
    openPage: () => told.push('page'),
  });
  expect(language.choice).toBe('system');

  language.choose('en');
  expect(told.splice(0)).toEqual(['menu']);
  expect(languageVariable()).toEqual({ [LANGUAGE_VARIABLE]: 'en' });

  language.choose('de');
  expect(told.splice(0)).toEqual(['menu', 'trainer de', 'reader', 'page']);
  expect(preferences.get('language')).toBe('de');
  expect(languageVariable()).toEqual({ [LANGUAGE_VARIABLE]: 'de' });
});
