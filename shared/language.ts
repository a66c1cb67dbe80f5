/**
 * The language that the app speaks. Its sources are English; a build puts in the words of another language (scripts/language). The page is
 * built once for each language; the programs behind it ask for their words here, and so can change the language while they run.
 */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/** What a person chooses. */
export const languageChoices = ['system', ...languages] as const;
export type LanguageChoice = (typeof languageChoices)[number];

/** The environment of a process of the app that speaks to the person through the app. */
export const LANGUAGE_VARIABLE = 'FIRSTLAYER_LANGUAGE';

/** Translations by key: a text, or the forms of a plural. */
export type Catalogue = Readonly<Record<string, string | readonly string[]>>;

/** Which language a page was built for; nothing in tests and in the programs behind the page. */
declare const __LANGUAGE__: Language | undefined;

let current: Language = typeof __LANGUAGE__ === 'undefined' ? 'en' : __LANGUAGE__;
let catalogue: Catalogue = {};

export const currentLanguage = (): Language => current;

/** @param translations of the texts of this program; none of English */
export function speak(language: Language, translations: Catalogue): void {
  current = language;
  catalogue = translations;
}

/** The first of the person's languages that the app speaks; English where there is none. */
export function languageOf(choice: LanguageChoice, ofSystem: readonly string[]): Language {
  if (choice !== 'system') return choice;
  const known = ofSystem
    .map((tag) => tag.split('-')[0])
    .map((wanted) => languages.find((language) => language === wanted));
  return known.find((language) => language !== undefined) ?? 'en';
}

/** What goes into a file that others read is made in English. Texts that a module made when it was loaded stay as they are. */
export function inEnglish<T>(make: () => T): T {
  const before = [current, catalogue] as const;
  speak('en', {});
  try {
    return make();
  } finally {
    speak(...before);
  }
}

/** A label as it stands within a sentence: German nouns keep their capitals. */
export const withinSentence = (label: string): string =>
  current === 'de' ? label : label.toLowerCase();

const filled = (text: string, args: readonly unknown[]): string =>
  text.replaceAll(/\{(\d+)\}/g, (_whole, index) => String(args[Number(index)]));

/** A text of the app. Calls are put in by the build; nobody writes them. */
export function translated(key: string, english: string, args: readonly unknown[] = []): string {
  const text = catalogue[key];
  return filled(typeof text === 'string' ? text : english, args);
}

/** A text with a count; all languages that there are have two forms, of which the first is for 1. */
export function translatedPlural(
  count: unknown,
  key: string,
  english: readonly [one: string, many: string],
  args: readonly unknown[] = [],
): string {
  const forms = catalogue[key];
  const of = typeof forms === 'object' ? forms : english;
  return filled(of[count === 1 ? 0 : 1] ?? '', args);
}
