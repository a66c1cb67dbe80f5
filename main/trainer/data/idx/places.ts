import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { FailureError } from '../../../../shared/ipc.ts';
import { messageOf } from '../../../../shared/system-errors.ts';
import { hasCode } from '../../files/durable-files.ts';
import { datasetsOf, isWhole, type Role } from './file-names.ts';

/** Folders that datasets may lie in. */

/** Folders below the one that is named are looked into so deep: torchvision's are two down, MNIST/raw. */
const DEEPEST = 3;
/** Files and folders that are looked at below, at most. */
const MOST_LOOKED_AT = 2_000;

export interface Listing {
  names: string[];
  folders: string[];
}

/**
 * What a folder holds, and nothing of what is hidden; null where there is no such folder.
 * @throws FailureError
 */
export function listFolder(folder: string): Listing | null {
  try {
    const listing: Listing = { names: [], folders: [] };
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      // A link to a folder is not followed: it may lead in a circle.
      if (entry.isDirectory()) listing.folders.push(entry.name);
      else if (!entry.isSymbolicLink() || !isFolder(join(folder, entry.name)))
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

/** What leads nowhere, or in a circle, is no folder. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
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

/** Whole datasets in the folders below, the nearest first. */
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

/** Of what nobody has named, what cannot be read is passed over. */
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

/** One of the datasets of the folder above, by the name that its files begin with; null where there is none. */
export function datasetNamed(place: string): Place | null {
  const folder = dirname(place);
  const above = listFolder(folder);
  const name = basename(place).toLowerCase();
  const places = above ? placesIn(folder, above) : [];
  return places.find(({ dataset }) => dataset === name) ?? null;
}

/** Whether a place is a dataset of IDX files: a folder that holds one, or has one below it, or a folder with how the files begin. */
export function holdsIdxFiles(place: string): boolean {
  const listing = listQuietly(place);
  if (!listing) return datasetNamed(place) !== null;
  return placesIn(place, listing).length > 0 || placesBelow(place, listing.folders).length > 0;
}

/** Of other formats, whatever their names say. */
const OTHER_FORMAT = /\.(?:csv|tsv|np[yz]|zip|tar|tgz|png|jpe?g|bmp|gif|json|txt)$/i;

/** Whether a folder holds some of a dataset's four files, by their names. */
export function holdsSomeIdxFiles(place: string): boolean {
  const names = listQuietly(place)?.names ?? [];
  return datasetsOf(names.filter((name) => !OTHER_FORMAT.test(name))).size > 0;
}
