import { FailureError } from '../../../shared/ipc.ts';
import { printable } from '../../../shared/shown.ts';
import { MOST_CLASSES } from './limits.ts';

const LEAST_CLASSES = 2;

/** Whole numbers come in their order, 2 before 10; other names by their characters' codes, the same on every machine. */
export function sortedClassNames(names: Iterable<string>): string[] {
  const all = [...new Set(names)];
  const areNumbers = all.every((name) => /^\d{1,15}$/.test(name));
  return areNumbers
    ? all.sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1))
    : all.sort((a, b) => (a < b ? -1 : 1));
}

/**
 * @param names of all classes.
 * @param where the data lie
 * @throws FailureError where a network cannot be trained to tell them apart
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
 * Two folders whose names differ only by case are one folder on many machines, and mostly one class. Classes that are named otherwise may:
 * EMNIST tells a from A.
 * @throws FailureError naming them
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
