import { LANGUAGE_VARIABLE, languages } from '../../shared/language.ts';
import { speakBuilt } from './speak.ts';

// A process that the app has started speaks the app's language from its first line on; the programs of the terminal import nothing of this.
speakBuilt(languages.find((one) => one === process.env[LANGUAGE_VARIABLE]) ?? 'en');
