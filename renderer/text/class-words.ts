import { formatCount } from '../../shared/format.ts';
import { printable } from '../../shared/shown.ts';

/** What the window calls classes and their images; a class's name is somebody else's text, such as a folder's. */

const digitNames: readonly string[] = Array.from({ length: 10 }, (_, digit) => String(digit));

/** Sets with a name whose classes are the digits. */
const digitSets: readonly string[] = ['mnist', 'emnist-digits', 'emnist-mnist'];

/** The names of a dataset's classes, as far as they are known before it is read; none: they are not. */
export const expectedClassNames = (dataset: string): readonly string[] =>
  digitSets.includes(dataset) ? digitNames : [];

/** Whether the classes are the digits 0 to 9, in their order. */
export const areDigits = (classNames: readonly string[]): boolean =>
  classNames.length === digitNames.length &&
  classNames.every((name, label) => name === digitNames[label]);

/** A digit, a Latin letter, or one letter in both cases, as EMNIST's classes are called: 7, b, Aa. */
const isCharacter = (name: string): boolean =>
  /^[\dA-Za-z]$/.test(name) ||
  (/^[A-Z][a-z]$/.test(name) && name.toLowerCase() === name.charAt(1).repeat(2));

/** Whether each class is a digit or a Latin letter. */
export const areCharacters = (classNames: readonly string[]): boolean =>
  classNames.length > 0 && classNames.every(isCharacter);

/** One image of a run, in a word. */
export interface ImageWords {
  one: string;
  /** With its article. */
  anyOne: string;
  many: string;
}

const digitWords: ImageWords = { one: 'digit', anyOne: 'a digit', many: 'digits' };
const characterWords: ImageWords = { one: 'character', anyOne: 'a character', many: 'characters' };
const otherImageWords: ImageWords = { one: 'image', anyOne: 'an image', many: 'images' };

export function imageWords(classNames: readonly string[]): ImageWords {
  if (areDigits(classNames)) return digitWords;
  return areCharacters(classNames) ? characterWords : otherImageWords;
}

/** Joins the parts of one emoji, or letters of one word. */
const JOINERS = /([\u200c\u200d])/u;

/** A class's name as it may be shown: without what cannot be seen or turns the text around it. */
export const classText = (name: string): string =>
  name
    .split(JOINERS)
    .map((part, index) => (index % 2 === 1 ? part : printable(part)))
    .join('') || '(no name)';

/** @param label a class's place among the network's outputs */
export const classNameAt = (classNames: readonly string[], label: number): string =>
  classText(classNames[label] ?? String(label));

const grapheme = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** No more than `most` letters, cut between two of them. */
export function cutText(text: string, most: number): string {
  let [count, cutAt] = [0, 0];
  for (const { index } of grapheme.segment(text)) {
    if (count === most - 1) cutAt = index;
    if (++count > most) return `${text.slice(0, cutAt)}…`;
  }
  return text;
}

/** Letters of one name in the prompt, and of all of them. */
const LETTERS_OF_NAME = 16;
const LETTERS_OF_NAMES = 32;

/** What an empty pad asks for. */
export function drawPrompt(classNames: readonly string[]): string {
  if (areDigits(classNames)) return 'Draw a digit from 0 to 9';
  if (classNames.length === 0) return 'Draw here what the network shall read';
  let listed = '';
  for (const name of classNames) {
    const next = `${listed === '' ? '' : ', '}${cutText(classText(name), LETTERS_OF_NAME)}`;
    if (listed.length + next.length > LETTERS_OF_NAMES && listed !== '')
      return `Draw one of ${formatCount(classNames.length)} classes: ${listed}${listed.endsWith('…') ? '' : ' …'}`;
    listed += next;
  }
  return `Draw one of ${classNames.length} classes: ${listed}`;
}

/** Ideographs, emoji and the like are about twice as wide as a digit. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\uff60\u{1f300}-\u{1faff}]/u;
/** Of the longest name that has all the room it needs, in digits' widths. */
const WIDEST_NAME = 20;

/**
 * The width of the column that the classes' names stand in, as a track of a CSS grid: of all classes, so that it stays when others
 * are shown; a longer name is cut.
 */
export function nameColumn(classNames: readonly string[]): string {
  if (areDigits(classNames)) return '1ch';
  let widest = 1;
  for (const name of classNames) {
    const letters = Array.from(classText(name).slice(0, 2 * WIDEST_NAME));
    widest = Math.max(
      widest,
      letters.reduce((sum, letter) => sum + (WIDE.test(letter) ? 2 : 1), 0),
    );
  }
  // One more, for the winner's name is bold.
  return `min(42%, ${Math.min(widest, WIDEST_NAME) + 1}ch)`;
}
