import type { PartName } from './dataset-parts.ts';

const words: Record<string, PartName> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  dev: 'validation',
  test: 'test',
  testing: 'test',
};

/** The part that a word names, in upper or lower case; null if it names none. */
export function partOfWord(word: string): PartName | null {
  const known = word.trim().toLowerCase();
  return Object.hasOwn(words, known) ? (words[known] ?? null) : null;
}
