import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app } from 'electron';
import {
  languageChoices,
  languageOf,
  speak,
  type Catalogue,
  type LanguageChoice,
} from '../shared/language.ts';

/** The language of the app, from its first line on: index.ts imports this before everything else, because other modules hold texts. */

/** The built catalogues lie beside the built program. */
const here = dirname(fileURLToPath(import.meta.url));

/** Speaks the chosen language from now on; in the page and in other processes from their next start on. */
export function speakChosen(choice: LanguageChoice): void {
  const language = languageOf(choice, app.getPreferredSystemLanguages());
  speak(language, language === 'en' ? {} : readCatalogue(join(here, `${language}.json`)));
}

// The build has written it.
const readCatalogue = (file: string): Catalogue =>
  JSON.parse(readFileSync(file, 'utf8')) as Catalogue;

/** The settings are opened later, and tell then of what is wrong in them. */
function savedChoice(): LanguageChoice {
  try {
    const { language }: { language?: unknown } = JSON.parse(
      readFileSync(join(app.getPath('userData'), 'settings.json'), 'utf8'),
    ) as object;
    return languageChoices.find((choice) => choice === language) ?? 'system';
  } catch {
    return 'system';
  }
}

// The folder of the settings has the app's name.
app.setName('Firstlayer');
speakChosen(savedChoice());
