import { printable } from '../../../shared/shown.ts';
import { MOST_CLASSES } from './limits.ts';

/** Names of classes that were found beside the labels. */
export interface WrittenNames {
  /** Path of the file or array, for messages. */
  path: string;
  /** In the order of the labels. */
  names: readonly string[];
  /** The label of the first name; null if that is not known, but 0 or 1. */
  first: number | null;
}

/** A longer text is not a name. */
const LONGEST_NAME = 200;

/** The most bytes of a file that names classes. */
export const MOST_NAMES_BYTES = 1_000_000;

/** The names, with the label of the first, if every label has one and no two are the same; else null. */
export function fitNames(
  { names, first }: WrittenNames,
  { least, most }: { least: number; most: number },
): { first: number; names: string[] } | null {
  const shown = names.map((name) => printable(name.trim()));
  const areNames = shown.every((name) => name !== '' && name.length <= LONGEST_NAME);
  if (!areNames || shown.length < 2 || shown.length > MOST_CLASSES) return null;
  if (new Set(shown).size < shown.length) return null;
  const start = first ?? (least >= 1 && most === names.length ? 1 : 0);
  const fits = (start === 0 || start === 1) && least >= start && most < start + names.length;
  return fits ? { first: start, names: shown } : null;
}

/** The largest code point of Unicode. */
const LAST_CODE_POINT = 0x10ffff;

/**
 * Reads EMNIST's mapping: each line has a label and the code points of its characters; letters have two, upper and lower case.
 * @returns null if the text is no such mapping, or leaves a label out
 */
export function parseMapping(text: string, path: string): WrittenNames | null {
  const names = new Map<number, string>();
  for (const line of linesOf(text)) {
    const [label = NaN, ...points] = line.trim().split(/\s+/).map(Number);
    const areCharacters = points.every(
      (point) => Number.isInteger(point) && point > 0 && point <= LAST_CODE_POINT,
    );
    if (!Number.isInteger(label) || points.length === 0 || points.length > 8) return null;
    if (!areCharacters || names.has(label) || names.size > MOST_CLASSES) return null;
    names.set(label, String.fromCodePoint(...points));
  }
  const labels = [...names.keys()].sort((a, b) => a - b);
  const [first] = labels;
  if (first === undefined || labels.some((label, k) => label !== first + k)) return null;
  return { path, names: labels.map((label) => names.get(label) ?? ''), first };
}

/** Reads names, one on each line. */
export const parseNameLines = (text: string, path: string): WrittenNames => ({
  path,
  names: linesOf(text),
  first: null,
});

const linesOf = (text: string): string[] =>
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '');
