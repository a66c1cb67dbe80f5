import { existsSync, opendirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { firstFew } from '../../../../shared/format.ts';
import { FailureError, type Failure } from '../../../../shared/ipc.ts';
import { printable } from '../../../../shared/shown.ts';
import { systemFault, messageOf } from '../../../../shared/system-errors.ts';
import {
  listFolder,
  datasetNamed,
  placesBelow,
  placesIn,
  type Listing,
  type Place,
} from './places.ts';
import { datasetsOf, officialName, roles, type Found, type Role } from './file-names.ts';

/** Where the four files of a dataset lie. */
export interface DataFiles {
  folder: string;
  /** Their paths. */
  paths: Record<Role, string>;
  /** What a person is told of how the files were found. */
  notes: Failure[];
}

const MOST_LISTED = 8;

const takeFiles = ({ folder, found }: Place, notes: Failure[] = []): DataFiles => ({
  folder,
  paths: {
    'train-images': join(folder, found['train-images']),
    'train-labels': join(folder, found['train-labels']),
    't10k-images': join(folder, found['t10k-images']),
    't10k-labels': join(folder, found['t10k-labels']),
  },
  notes,
});

/**
 * Finds the four files of a dataset in the named folder, or in the only folder below it that has them. If a folder holds several datasets,
 * one is named by the folder and the beginning of its file names, such as `…/emnist-digits`.
 * @throws FailureError that says what is there
 */
export function findFiles(place: string): DataFiles {
  checkReadable(place);
  const here = listFolder(place);
  if (!here) return findByName(place);
  const places = placesIn(place, here);
  const [only] = places;
  const own = places.find(({ dataset }) => dataset === '');
  if (own) return takeFiles(own);
  if (only && places.length === 1) return takeFiles(only);
  if (only) throw severalDatasets(place, places);
  const datasets = datasetsOf(here.names);
  const below = datasets.size === 0 ? placesBelow(place, here.folders) : [];
  const [one] = below;
  if (!one) throw missingFiles(place, here, datasets);
  if (below.length > 1) throw severalDatasets(place, below);
  const where = relative(place, one.folder);
  return takeFiles(one, [
    {
      what: `The dataset was found in ${printable(where)}, below the folder that was named.`,
      where: one.folder,
      remedy: 'Nothing need be done.',
    },
  ]);
}

/** @throws FailureError if the folder exists but cannot be read */
function checkReadable(place: string): void {
  try {
    if (statSync(place, { throwIfNoEntry: false })?.isDirectory()) opendirSync(place).closeSync();
  } catch (error) {
    throw new FailureError(
      {
        what: `The dataset folder cannot be read: ${messageOf(error)}.`,
        where: place,
        remedy: systemFault(error)?.remedy ?? 'Name another folder.',
      },
      { cause: error },
    );
  }
}

/** Finds files at a place that is not a folder, but names one of the datasets in the folder above. */
function findByName(place: string): DataFiles {
  const one = datasetNamed(place);
  if (one) return takeFiles(one);
  const isFile = existsSync(place);
  throw new FailureError({
    what: isFile
      ? 'The dataset is to be a folder, but this is a file.'
      : 'There is no such dataset folder.',
    where: place,
    remedy: isFile
      ? 'Name the folder that the four files lie in.'
      : `If it was moved, name where it lies now (--dataset). ${WANTED_FILES}`,
  });
}

const WANTED_FILES =
  'Name a folder that holds the four IDX files train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, plain or as .gz, or "mnist".';

const listNames = (names: readonly string[]): string => printable(firstFew(names, MOST_LISTED));

const nameOf = ({ folder, dataset }: Place): string =>
  dataset === '' ? folder : join(folder, dataset);

function severalDatasets(place: string, places: readonly Place[]): FailureError {
  const names = places.map(nameOf);
  const digits = names.find((name) => name.endsWith('emnist-digits'));
  return new FailureError({
    what: `The dataset folder holds several datasets: ${listNames(names.map((name) => relative(place, name)))}.`,
    where: place,
    remedy: `Name one of them, such as ${printable(digits ?? names[0] ?? '')}.${digits === undefined ? '' : ' Of EMNIST’s, digits and mnist have the ten classes 0 to 9.'}`,
  });
}

/** Names the files that are missing of the most complete dataset. */
function missingFiles(place: string, here: Listing, datasets: Map<string, Found>): FailureError {
  const count = ([, found]: [string, Found]): number => Object.keys(found).length;
  const [dataset, found] = [...datasets].sort((a, b) => count(b) - count(a))[0] ?? ['', {}];
  const prefix = dataset === '' ? '' : `${dataset}-`;
  const names = roles
    .filter((role) => found[role] === undefined)
    .map((role) => `${prefix}${officialName(role)}`);
  const all = [...here.names, ...here.folders.map((name) => `${name}/`)];
  return new FailureError({
    what: `The dataset folder has no file ${names.join(', ')}, plain or as .gz; ${all.length === 0 ? 'it is empty' : `it holds ${listNames(all)}`}.`,
    where: place,
    remedy: WANTED_FILES,
  });
}
