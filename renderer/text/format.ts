/** Texts that only the window shows; what the terminal shows too is in shared/format.ts. */

/** A text that no line break may part, such as a number and its unit. */
export const keepTogether = (text: string): string => text.replaceAll(' ', '\u00a0');

/** A text in which no line break parts a number from its percent sign. */
export const keepPercents = (text: string): string => text.replaceAll(' %', '\u00a0%');

/** Words that stand by themselves after a sentence: with a capital, and a full stop. */
export const asSentence = (words: string): string =>
  `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

/** A path in two parts, so that a narrow place can shorten its middle and keep the end. */
export function splitPath(path: string, tail = 24): readonly [head: string, tail: string] {
  const lastSeparator = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  const at = Math.max(lastSeparator, path.length - tail, 0);
  return [path.slice(0, at), path.slice(at)];
}
