import { printable } from './shown.ts';

/** Characters that HTML and SVG have other uses for, and those that XML and HTML do not allow or that turn text around. */
const SPECIAL = /[&<>"'`=]|[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** A text as it may stand in an element or in a quoted attribute, of HTML as of SVG. What cannot be seen is shown, as elsewhere in the app. */
export const escapeMarkup = (text: string): string =>
  text.replaceAll(SPECIAL, (character) => {
    if (character === '\n' || character === '\t') return character;
    const visible = printable(character);
    return visible === character ? `&#${character.charCodeAt(0)};` : visible;
  });
