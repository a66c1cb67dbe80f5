import { partNames, type PartName } from '../../../../shared/dataset-parts.ts';
import { firstFew } from '../../../../shared/format.ts';
import { FailureError, type Failure } from '../../../../shared/ipc.ts';
import { printable } from '../../../../shared/shown.ts';
import type { WrittenNames } from '../class-names.ts';
import { numberClasses, type WrittenLabels } from '../classes.ts';
import { partsOfOneForm, type ReadPart } from '../parts-of-one-form.ts';
import type { RawDataset } from '../raw-dataset.ts';
import { meaningsOf, type NamedArrays } from './array-names.ts';
import { readImageArrays } from './image-arrays.ts';
import { LabelSink, NamesSink } from './label-sinks.ts';
import { readNpy, type NpyFile } from './npy-array.ts';

/** The arrays of an NPZ file by name, with or without `.npy`; an array is opened when its turn comes. */
export type NpzArrays = ReadonlyMap<string, NpyFile>;

/** An array and its place, for errors. */
export interface NamedArray {
  where: string;
  file: NpyFile;
}

/** A part that has both images and labels. */
interface WholePart {
  part: PartName;
  images: NamedArray;
  labels: NamedArray;
}

const ARRAYS_WANTED = 'Call the arrays x_train, y_train, x_test and y_test, as Keras does.';
const MOST_LISTED = 10;

/**
 * Reads the images and labels of an NPZ file.
 * @param place the file's path, for errors
 * @throws FailureError that names the array and what is wrong with it
 */
export async function readNpz(place: string, arrays: NpzArrays): Promise<RawDataset> {
  const byName = new Map([...arrays].map(([name, file]) => [name.replace(/\.npy$/, ''), file]));
  const named = meaningsOf([...byName.keys()], place);
  const arrayOf = (name: string | null | undefined): NamedArray | null => {
    const file = byName.get(name ?? '');
    return file ? { where: `${place}: ${printable(name ?? '')}`, file } : null;
  };
  const { parts, findings } = wholeParts(named, arrayOf, place);
  const labels: WrittenLabels[] = [];
  for (const part of parts) {
    const { where, file } = part.labels;
    const { numbers } = await readNpy(file, where, (header) => new LabelSink(header, where));
    labels.push({ path: where, numbers });
  }
  const names = await readNames(arrayOf(named.classNames));
  const numbered = numberClasses(labels, names.names);
  const counted = parts.map(({ images }, k) => ({
    ...images,
    labels: numbered.classes[k] ?? new Uint8Array(),
    labelsWhere: labels[k]?.path ?? '',
  }));
  const read = await readImageArrays(counted);
  const [train, ...others] = read.images.flatMap((images, k): ReadPart[] => {
    const part = parts[k]?.part;
    return part ? [{ ...images, part }] : [];
  });
  if (!train) throw missingTraining(named, place);
  return {
    ...partsOfOneForm([train, ...others]),
    classNames: numbered.classNames,
    validationFrom: 'each-class',
    findings: [...findings, ...names.findings, ...numbered.notes, ...read.findings],
  };
}

/**
 * The complete parts, training first, and findings about incomplete parts and unknown arrays.
 * @throws FailureError if the training arrays are missing
 */
function wholeParts(
  named: NamedArrays,
  arrayOf: (name: string | undefined) => NamedArray | null,
  place: string,
): { parts: WholePart[]; findings: Failure[] } {
  const findings: Failure[] = [];
  const passOver = (names: readonly string[], why: string): void => {
    findings.push({
      what: `${listNames(names)} ${names.length === 1 ? 'is' : 'are'} passed over: ${why}.`,
      where: place,
      remedy: 'Nothing need be done, unless you want it read: then name it as Keras does.',
    });
  };
  const parts = partNames.flatMap((part): WholePart[] => {
    const names = named.parts[part] ?? {};
    const [images, labels] = [arrayOf(names.images), arrayOf(names.labels)];
    if (images && labels) return [{ part, images, labels }];
    if (part === 'train') throw missingTraining(named, place);
    const [left = null] = [names.images ?? names.labels];
    if (left !== null)
      passOver([left], `there are no ${names.images === undefined ? 'images' : 'labels'} for it`);
    return [];
  });
  if (named.others.length > 0) passOver(named.others, 'such names are not known');
  return { parts, findings };
}

function missingTraining({ parts, others }: NamedArrays, place: string): FailureError {
  const there = [
    ...Object.values(parts).flatMap(({ images, labels }) => [images, labels]),
    ...others,
  ];
  const names = there.filter((name) => name !== undefined);
  return new FailureError({
    what: `There are no ${parts.train?.images === undefined ? 'images' : 'labels'} for training in the NPZ file: ${names.length === 0 ? 'it holds no array' : `it holds ${listNames(names)}`}.`,
    where: place,
    remedy: ARRAYS_WANTED,
  });
}

const listNames = (names: readonly string[]): string =>
  firstFew(
    names.map((name) => printable(name.slice(0, 80))),
    MOST_LISTED,
  );

/** Names that do not fit are reported, and the classes are called by their numbers. */
async function readNames(
  array: NamedArray | null,
): Promise<{ names: WrittenNames | null; findings: Failure[] }> {
  if (!array) return { names: null, findings: [] };
  const { where, file } = array;
  try {
    const { names } = await readNpy(file, where, (header) => new NamesSink(header, where));
    return { names: { path: where, names, first: null }, findings: [] };
  } catch (error) {
    if (error instanceof FailureError) return { names: null, findings: [error.failure] };
    throw error;
  }
}
