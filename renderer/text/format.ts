/** Texts that only the window shows; what the terminal shows too is in shared/format.ts. */

/** A text that no line break may part, such as a number and its unit. */
export const keepTogether = (text: string): string => text.replaceAll(' ', '\u00a0');

/** A loss: three significant digits, however small. */
export function formatLoss(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value !== 0 && Math.abs(value) < 0.001 ? value.toExponential(1) : value.toPrecision(3);
}

/** A weight with its sign: a true minus, so that columns line up. */
export const formatSigned = (value: number, digits = 3): string =>
  `${value < 0 ? '−' : value > 0 ? '+' : ''}${Math.abs(value).toFixed(digits)}`;

/** A path in two parts, so that a narrow place can shorten its middle and keep the end. */
export function splitPath(path: string, tail = 24): readonly [head: string, tail: string] {
  const lastSeparator = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  const at = Math.max(lastSeparator, path.length - tail, 0);
  return [path.slice(0, at), path.slice(at)];
}
