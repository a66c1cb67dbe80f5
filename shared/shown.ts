const MOST = 80;

const escapedCharacter = (character: string): string =>
  `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/** Without anything that a terminal would obey, or that cannot be seen. */
export const printable = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, escapedCharacter);

/** Text of somebody else's as a person may be shown it: in quotes, and cut. */
export const shown = (text: string): string =>
  printable(JSON.stringify(text.length > MOST ? `${text.slice(0, MOST)}…` : text));
