import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LANGUAGE_VARIABLE, languages, speak, type Catalogue } from '../../shared/language.ts';

// A process that the app has started speaks the app's language from its first line on; the programs of the terminal import nothing of this.
const language = languages.find((one) => one === process.env[LANGUAGE_VARIABLE]) ?? 'en';
if (language !== 'en') {
  const here = dirname(fileURLToPath(import.meta.url));
  speak(language, JSON.parse(readFileSync(join(here, `${language}.json`), 'utf8')) as Catalogue);
}
