import { FailureError, type Failure } from '../../../shared/ipc.ts';
import { fitNames, type WrittenNames } from './class-names.ts';
import { makeLabels, type Labels } from './examples.ts';
import { MOST_CLASSES } from './limits.ts';

/** The number of classes of digits. */
const DIGITS = 10;
/** If there are more classes than digits, and more than this many times as many as occur, the labels are not class numbers. */
const MOSTLY_MISSING = 4;

/** The labels of one part, as its file has them. */
export interface WrittenLabels {
  /** Path of the file or array, for errors. */
  path: string;
  numbers: Int32Array;
}

export interface Numbered {
  /** Labels of each part in turn, from 0. */
  classes: Labels[];
  /** The numbers as the files have them, or the names that were given. */
  classNames: string[];
  /** What a person is told of how the labels were read. */
  notes: Failure[];
  /** Whether class 0 is 1 in the files. */
  fromOne: boolean;
}

/** The labels of all parts together. */
interface LabelRange {
  least: number;
  most: number;
  different: number;
}

/**
 * Turns labels into classes from 0. Labels count from 0, or from 1 if no label is 0, up to the highest. Labels from 1 to 9 are taken as the
 * digits without the 0.
 * @param parts the training labels first
 * @param names of the classes, if any; names that do not fit are reported and left out
 * @throws FailureError that names a label outside the classes, or says why the labels make no classes
 */
export function numberClasses(
  parts: readonly WrittenLabels[],
  names: WrittenNames | null = null,
): Numbered {
  const range = rangeOf(parts);
  const fitting = names ? fitNames(names, range) : null;
  const first = fitting?.first ?? (range.least === 1 && range.most !== DIGITS - 1 ? 1 : 0);
  const count = fitting?.names.length ?? range.most - first + 1;
  const where = parts[0]?.path ?? '';
  checkLabels(parts, first, count);
  checkRange(range, count, fitting !== null, where);
  return {
    classes: parts.map(({ numbers }) => {
      const labels = makeLabels(numbers.length, count);
      for (let k = 0; k < labels.length; k++) labels[k] = (numbers[k] ?? 0) - first;
      return labels;
    }),
    classNames: fitting?.names ?? Array.from({ length: count }, (_, k) => String(k + first)),
    notes: [
      ...(names && !fitting ? [namesDoNotFit(names, range)] : []),
      ...(first === 1 && !fitting ? [countedFromOne(where, range.most)] : []),
    ],
    fromOne: first === 1,
  };
}

function rangeOf(parts: readonly WrittenLabels[]): LabelRange {
  const all = new Set<number>();
  for (const { numbers } of parts) for (const label of numbers) all.add(label);
  let [least, most] = [Infinity, -Infinity];
  for (const label of all) {
    if (label < least) least = label;
    if (label > most) most = label;
  }
  return { least, most, different: all.size };
}

/** @throws FailureError that names the first label outside the classes */
function checkLabels(parts: readonly WrittenLabels[], first: number, count: number): void {
  const end = first + Math.min(count, MOST_CLASSES);
  for (const { path, numbers } of parts) {
    const outside = numbers.findIndex((label) => label < first || label >= end);
    if (outside < 0) continue;
    const label = numbers[outside] ?? 0;
    throw new FailureError({
      what: `Label number ${outside} is ${label}, but ${label < first ? 'classes are whole numbers from 0' : `Firstlayer knows ${MOST_CLASSES} classes at most, ${first} to ${end - 1}`}.`,
      where: path,
      remedy:
        label < first
          ? 'Write each label as the whole number of its class, from 0.'
          : 'Number the classes one after another, from 0, or use fewer of them.',
    });
  }
}

function checkRange(range: LabelRange, count: number, areNamed: boolean, where: string): void {
  const { least, most, different } = range;
  if (different < 2)
    throw new FailureError({
      what:
        different === 0
          ? 'There is no label.'
          : `All labels are ${least}: there is one class only, and a network learns to tell classes apart.`,
      where,
      remedy: 'Use data of two classes or more.',
    });
  if (!areNamed && count > DIGITS && different * MOSTLY_MISSING < count)
    throw new FailureError({
      what: `The labels go from ${least} to ${most}, but only ${different} of these ${count} classes are there.`,
      where,
      remedy: 'Number the classes one after another, from 0.',
    });
}

const countedFromOne = (path: string, most: number): Failure => ({
  what: `The labels count from 1: 1 to ${most} are taken as the classes 0 to ${most - 1}, each one less.`,
  where: path,
  remedy:
    most === DIGITS
      ? 'Nothing need be done, unless 10 stands for the digit 0, as in SVHN’s files: then write 0 for 10 there.'
      : 'Nothing need be done: the classes keep their names.',
});

const namesDoNotFit = ({ path, names }: WrittenNames, { least, most }: LabelRange): Failure => ({
  what: `The ${names.length} names of classes do not fit the labels, which go from ${least} to ${most}; the classes are called by their numbers.`,
  where: path,
  remedy: 'Write a name for each class, in the order of their numbers.',
});
