import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { FailureError } from '../../../../shared/ipc.ts';
import { messageOf } from '../../../../shared/system-errors.ts';
import { hasCode } from '../../files/durable-files.ts';
import { isFolderNow } from '../../files/is-folder.ts';
import { datasetsOf, isWhole, type Role } from './file-names.ts';

/** Finds folders that hold datasets. */

/** How deep the folders below the named one are searched: torchvision's files are two down, in MNIST/raw. */
const DEEPEST = 3;
/** Most files and folders that are listed in the folders below. */
const MOST_LOOKED_AT = 2_000;

export interface Listing {
  names: string[];
  folders: string[];
}

/**
 * Lists a folder without hidden entries; null if there is no such folder.
 * @throws FailureError
 */
export function listFolder(folder: string): Listing | null {
  try {
    const listing: Listing = { names: [], folders: [] };
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      // A link to a folder is not followed: it may lead in a circle.
      if (entry.isDirectory()) listing.folders.push(entry.name);
      else if (!entry.isSymbolicLink() || !isFolderNow(join(folder, entry.name)))
        listing.names.push(entry.name);
    }
    return { names: listing.names.sort(), folders: listing.folders.sort() };
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return null;
    throw new FailureError(
      {
        what: `The dataset folder cannot be read: ${messageOf(error)}`,
        where: folder,
        remedy: 'Make it readable, or name another folder.',
      },
      { cause: error },
    );
  }
}

/** One of the datasets in a folder. */
export interface Place {
  folder: string;
  dataset: string;
  found: Record<Role, string>;
}

export const placesIn = (folder: string, { names }: Listing): Place[] =>
  [...datasetsOf(names)].flatMap(([dataset, found]) =>
    isWhole(found) ? [{ folder, dataset, found }] : [],
  );

/** Complete datasets in the folders below, the nearest first. */
export function placesBelow(top: string, folders: readonly string[]): Place[] {
  const places: Place[] = [];
  let looked = 0;
  let level = folders.map((name) => join(top, name));
  for (let depth = 1; depth <= DEEPEST; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      if (looked >= MOST_LOOKED_AT) return places;
      const listing = listQuietly(folder);
      if (!listing) continue;
      looked += listing.names.length + listing.folders.length + 1;
      places.push(...placesIn(folder, listing));
      next.push(...listing.folders.map((name) => join(folder, name)));
    }
    level = next;
  }
  return places;
}

/** Nobody has named these folders, so what cannot be read is passed over. */
function listQuietly(folder: string): Listing | null {
  try {
    return listFolder(folder);
  } catch {
    return null;
  }
}

/** Whether there is such a folder, or a dataset of such a name in the folder above. */
export const isPlace = (place: string): boolean =>
  listFolder(place) !== null || datasetNamed(place) !== null;

/** The dataset in the folder above whose file names begin with the last name of this path; null if there is none. */
export function datasetNamed(place: string): Place | null {
  const folder = dirname(place);
  const above = listFolder(folder);
  const name = basename(place).toLowerCase();
  const places = above ? placesIn(folder, above) : [];
  return places.find(({ dataset }) => dataset === name) ?? null;
}

/** Whether a place has IDX files: a folder with a dataset in it or below it, or a folder and the beginning of the files' names. */
export function holdsIdxFiles(place: string): boolean {
  const listing = listQuietly(place);
  if (!listing) return datasetNamed(place) !== null;
  return placesIn(place, listing).length > 0 || placesBelow(place, listing.folders).length > 0;
}

/** Files of other formats, even if their names resemble those of the four files. */
const OTHER_FORMAT = /\.(?:csv|tsv|np[yz]|zip|tar|tgz|png|jpe?g|bmp|gif|json|txt)$/i;

/** Whether a folder holds some of a dataset's four files, by their names. */
export function holdsSomeIdxFiles(place: string): boolean {
  const names = listQuietly(place)?.names ?? [];
  return datasetsOf(names.filter((name) => !OTHER_FORMAT.test(name))).size > 0;
}
