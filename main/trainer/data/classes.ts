import type { Failure } from '../../../shared/ipc.ts';
import { unsuitableFile } from './idx-header.ts';

export const CLASSES = 10;

/** The labels of one file, as they are counted there. */
export interface Labels {
  path: string;
  numbers: Int32Array;
}

export interface Numbered {
  /** Of each file in turn; from 0. */
  classes: Uint8Array[];
  /** What a person is told of how they were taken. */
  notes: Failure[];
  /** Class 0 is what the files call 1. */
  fromOne: boolean;
}

/**
 * The classes that labels stand for, from 0. Ten that count from 1 are taken, where each from 1 to 10 is there.
 * @param files the training labels first.
 * @throws FailureError naming the label that is no class
 */
export function numberClasses(files: readonly Labels[]): Numbered {
  const all = new Set(files.flatMap(({ numbers }) => [...new Set(numbers)]));
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const trained = new Set(files[0]?.numbers);
  const fromOne = least === 1 && most === CLASSES && trained.size === CLASSES;
  const first = fromOne ? 1 : 0;
  for (const { path, numbers } of files) {
    const outside = numbers.findIndex((label) => label < first || label >= first + CLASSES);
    if (outside < 0) continue;
    const counting =
      least === 1
        ? `; they count from 1, as their labels go from 1 to ${most}`
        : `; their labels go from ${least} to ${most}`;
    throw unsuitableFile(
      path,
      `Label number ${outside} is ${numbers[outside] ?? '?'}, but Firstlayer knows ten classes, 0 to ${CLASSES - 1}. The files have ${all.size} ${all.size === 1 ? 'class' : 'classes'}${counting}.`,
      least === 1 && most === CLASSES
        ? 'Count the labels from 0.'
        : 'Choose data of ten classes, or leave out the others and count those that stay from 0 to 9.',
    );
  }
  return {
    classes: files.map(({ numbers }) => Uint8Array.from(numbers, (label) => label - first)),
    notes: fromOne ? files.slice(0, 1).map(({ path }) => countedFromOne(path)) : [],
    fromOne,
  };
}

const countedFromOne = (path: string): Failure => ({
  what: 'The labels count from 1: 1 to 10 are taken as the classes 0 to 9, each one less.',
  where: path,
  remedy:
    'Nothing need be done, unless 10 stands for the digit 0, as in SVHN’s files: then write 0 for 10 there.',
});
