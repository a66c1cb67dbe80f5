import type { PartName } from '../../../../shared/dataset-parts.ts';
import { FailureError } from '../../../../shared/ipc.ts';
import { printable } from '../../../../shared/shown.ts';
import { partOfWord } from '../../../../shared/part-of-word.ts';

/** Names of the arrays in an NPZ file, as Keras, MedMNIST and others write them. */

/** Names of the arrays of one part. */
export interface PartArrays {
  images?: string;
  labels?: string;
}

export interface NamedArrays {
  parts: Partial<Record<PartName, PartArrays>>;
  /** Name of the array of class names. */
  classNames: string | null;
  /** Names without a known meaning. */
  others: string[];
}

const kinds: Record<string, keyof PartArrays> = {
  x: 'images',
  image: 'images',
  images: 'images',
  img: 'images',
  imgs: 'images',
  data: 'images',
  y: 'labels',
  label: 'labels',
  labels: 'labels',
  target: 'labels',
  targets: 'labels',
};

const CLASS_NAMES = /^(class|label)_?names$/i;

/** Splits names such as `x_train`, `trainImages` and `X-train` into words. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/^([xy])(train|test|val)/, '$1 $2')
    .split(/[^a-z0-9]+/);

function meaningOf(name: string): { part: PartName; kind: keyof PartArrays } | null {
  const words = wordsOf(name);
  const kind = words.find((word) => Object.hasOwn(kinds, word));
  const others = words.filter((word) => word !== kind);
  const [other] = others;
  if (kind === undefined || others.length > 1) return null;
  const part = other === undefined ? 'train' : partOfWord(other);
  return part ? { part, kind: kinds[kind] ?? 'images' } : null;
}

/**
 * What each array holds.
 * @param names without `.npy`
 * @throws FailureError if two arrays hold the same
 */
export function meaningsOf(names: readonly string[], place: string): NamedArrays {
  const named: NamedArrays = { parts: {}, classNames: null, others: [] };
  for (const name of names) {
    const meaning = meaningOf(name);
    if (CLASS_NAMES.test(name) && named.classNames === null) named.classNames = name;
    else if (!meaning) named.others.push(name);
    else {
      const part = (named.parts[meaning.part] ??= {});
      const before = part[meaning.kind];
      if (before !== undefined)
        throw new FailureError({
          what: `Two arrays are ${meaning.kind} of one part: ${printable(before)} and ${printable(name)}.`,
          where: place,
          remedy: 'Call the arrays x_train, y_train, x_test and y_test.',
        });
      part[meaning.kind] = name;
    }
  }
  return named;
}
