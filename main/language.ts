import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { languageChoices, languageOf, type LanguageChoice } from '../shared/language.ts';
import { speakBuilt } from './trainer/speak.ts';

/** The language of the app, from its first line on: index.ts imports this before everything else, because other modules hold texts. */

/** Speaks the chosen language from now on. Where that is the system's, `--lang=de` at the start counts more. */
export function speakChosen(choice: LanguageChoice): void {
  const asked = app.commandLine.getSwitchValue('lang');
  speakBuilt(languageOf(choice, asked === '' ? app.getPreferredSystemLanguages() : [asked]));
}

/** The settings, which are a few lines, are checked later, and what is wrong in them is told then. */
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
