const MOST = 80;

const escapedCharacter = (character: string): string =>
  `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/** Escapes everything that a terminal would obey, or that cannot be seen. */
export const printable = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, escapedCharacter);

/** Quotes and shortens a foreign text, for showing it to a person. */
export const shown = (text: string): string =>
  printable(JSON.stringify(text.length > MOST ? `${text.slice(0, MOST)}…` : text));
