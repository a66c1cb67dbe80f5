import { FailureError } from '../../../shared/ipc.ts';
import { printable } from '../../../shared/shown.ts';
import { MOST_CLASSES } from './limits.ts';

const LEAST_CLASSES = 2;

/** Sorts names that are all whole numbers by value, 2 before 10, and other names by character codes, the same on every machine. */
export function sortedClassNames(names: Iterable<string>): string[] {
  const all = [...new Set(names)];
  const areNumbers = all.every((name) => /^\d{1,15}$/.test(name));
  return areNumbers
    ? all.sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1))
    : all.sort((a, b) => (a < b ? -1 : 1));
}

/**
 * @param names of all classes
 * @param where the place of the data
 * @throws FailureError if there are too few or too many classes for a network
 */
export function checkClassNames(names: readonly string[], where: string): void {
  if (names.length < LEAST_CLASSES)
    throw new FailureError({
      what:
        names.length === 0
          ? 'There is no class.'
          : `There is one class only, ${printable(names[0] ?? '')}.`,
      where,
      remedy:
        'Give the network at least two classes to tell apart: a folder of pictures for each, named for what they show.',
    });
  if (names.length > MOST_CLASSES)
    throw new FailureError({
      what: `There are ${names.length} classes; the most are ${MOST_CLASSES}.`,
      where,
      remedy: 'Join classes, or choose some of them.',
    });
}

/**
 * Refuses folders whose names differ only by case: they are one folder on many machines, and mostly one class. Names of classes that are
 * not folders may differ so: EMNIST tells a from A.
 * @throws FailureError that names them
 */
export function checkFolderNames(names: readonly string[], where: string): void {
  const byCase = new Map<string, string>();
  for (const name of names) {
    const folded = name.normalize('NFC').toLowerCase();
    const other = byCase.get(folded);
    if (other !== undefined)
      throw new FailureError({
        what: `Two classes have one name but for upper and lower case: ${printable(other)} and ${printable(name)}.`,
        where,
        remedy: 'Join them in one folder, or give them different names.',
      });
    byCase.set(folded, name);
  }
}
