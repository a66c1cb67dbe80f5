import { firstFew } from '../../../shared/format.ts';
import type { Failure } from '../../../shared/ipc.ts';
import { printable } from '../../../shared/shown.ts';

type Finding = Omit<Failure, 'where'>;

/** Classes are very unequal if one has at least this many times as many images as another. */
const VERY_UNEQUAL = 10;
/** Fewer validation examples may lack a class by chance. */
const ENOUGH_TO_VALIDATE = 200;
/** A class with at least this share of the training examples is not rare. */
const NO_RARITY = 0.04;

/** Examples of each class. */
interface Counts {
  train: readonly number[];
  validation: readonly number[];
  /** In the order of the labels. */
  classNames: readonly string[];
}

/** What a person is told about the number of images of each class. */
export function classFindings({ train, validation, classNames }: Counts): Finding[] {
  const names = classNames.map(printable);
  const present = train.flatMap((count, label) => (count > 0 ? [label] : []));
  const [only] = present;
  if (present.length === 1)
    return [
      {
        what: `All training labels are ${names[only ?? 0] ?? '?'}.`,
        remedy: 'Check the label file: a network that is shown one class gives no other answer.',
      },
    ];
  return [
    ...lackingClasses(train, names),
    ...unequalClasses(train, names),
    ...lackingInValidation(train, validation, names),
  ];
}

/** Most classes that a message names: with hundreds of classes, the first say enough. */
const MOST_NAMED = 10;

function classesText(labels: readonly number[], names: readonly string[]): string {
  const named = labels.map((label) => names[label] ?? '?');
  if (named.length === 1) return `class ${named[0] ?? '?'}`;
  if (named.length > MOST_NAMED) return `the classes ${firstFew(named, MOST_NAMED)}`;
  return `the classes ${named.slice(0, -1).join(', ')} and ${named.at(-1) ?? '?'}`;
}

function lackingClasses(train: readonly number[], names: readonly string[]): Finding[] {
  const none = train.flatMap((count, label) => (count === 0 ? [label] : []));
  if (none.length === 0) return [];
  const mayCountFromOne =
    none.length > 0 &&
    none[0] === 0 &&
    none.every((label, k) => k === 0 || label === train.length - none.length + k);
  return [
    {
      what: `There is no training image of ${classesText(none, names)}.`,
      remedy: `The network cannot learn what it is not shown: check the labels, or add images.${mayCountFromOne ? ' Labels that count from 1 are to count from 0.' : ''}`,
    },
  ];
}

function unequalClasses(train: readonly number[], names: readonly string[]): Finding[] {
  const present = train.flatMap((count, label) => (count > 0 ? [{ count, label }] : []));
  const [first] = present;
  if (!first) return [];
  const most = present.reduce((a, b) => (b.count > a.count ? b : a), first);
  const least = present.reduce((a, b) => (b.count < a.count ? b : a), first);
  if (most.count < least.count * VERY_UNEQUAL) return [];
  return [
    {
      what: `The classes are very unequal: ${most.count} training images of class ${names[most.label] ?? '?'}, but ${least.count} of class ${names[least.label] ?? '?'}.`,
      remedy:
        'Add images of the rare classes, have those that there are count for more (--class-weights balanced), or look at each class’s own accuracy (--classes).',
    },
  ];
}

/** The validation examples are the last of the files, which may be sorted. */
function lackingInValidation(
  train: readonly number[],
  validation: readonly number[],
  names: readonly string[],
): Finding[] {
  const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);
  if (sum(validation) < ENOUGH_TO_VALIDATE) return [];
  const all = sum(train) + sum(validation);
  const none = validation.flatMap((count, label) =>
    count === 0 && (train[label] ?? 0) >= all * NO_RARITY ? [label] : [],
  );
  if (none.length === 0) return [];
  return [
    {
      what: `There is no validation image of ${classesText(none, names)}: the last of the training images, which validate, are not a fair sample.`,
      remedy: 'Shuffle the training files, images and labels alike; they may be sorted by class.',
    },
  ];
}
