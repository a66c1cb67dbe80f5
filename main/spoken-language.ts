import {
  currentLanguage,
  LANGUAGE_VARIABLE,
  type Language,
  type LanguageChoice,
} from '../shared/language.ts';
import type { Preferences } from './preferences-file.ts';

interface Parts {
  readonly preferences: Preferences;
  /** Speaks the chosen language in this process (language.ts). */
  speakChosen: (choice: LanguageChoice) => void;
  /** The menu's texts are others now. */
  menuChanged: () => void;
  /** Tells the trainer, if there is one: a run that trains goes on. */
  tellTrainer: (language: Language) => void;
  /** They start again, in the other language, when they are asked. */
  readers: readonly { close(): void }[];
  /** Loads the page that speaks the language. */
  openPage: () => void;
}

/** The language in which the window, the menu and the processes behind them speak, as a person chooses it while they run. */
export class SpokenLanguage {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get choice(): LanguageChoice {
    return this.#parts.preferences.get('language');
  }

  choose = (choice: LanguageChoice): void => {
    const { preferences, speakChosen, menuChanged, tellTrainer, readers, openPage } = this.#parts;
    const before = currentLanguage();
    preferences.set('language', choice);
    speakChosen(choice);
    menuChanged();
    const language = currentLanguage();
    if (language === before) return;
    tellTrainer(language);
    for (const reader of readers) reader.close();
    openPage();
  };
}

/** For the environment of a process that speaks to the person through the app. */
export const languageVariable = (): NodeJS.ProcessEnv => ({
  [LANGUAGE_VARIABLE]: currentLanguage(),
});
