import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { speak, type Catalogue, type Language } from '../../shared/language.ts';

/** Speaks a language from now on. The build has put its words beside the built program; English has none to be read. */
export function speakBuilt(language: Language): void {
  const file = join(dirname(fileURLToPath(import.meta.url)), `${language}.json`);
  speak(language, language === 'en' ? {} : (JSON.parse(readFileSync(file, 'utf8')) as Catalogue));
}
