import { opendir } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { classFolderSchema, STEM, type DrawingId } from '../../../shared/own-drawings.ts';
import { UNFINISHED } from './durable-files.ts';

/** Where a person's own drawings lie, and which there are: main/own-drawings.ts keeps them, the trainer reads them. */

export const PICTURE = '.png';
export const STROKES = '.json';

/** Most bytes of a picture's file: its pixels, and what any program writes beside them. */
export const LARGEST_DRAWING = 4_000_000;

export const picturePath = (root: string, { folder, name }: DrawingId): string =>
  join(root, folder, `${name}${PICTURE}`);
export const strokesPath = (root: string, { folder, name }: DrawingId): string =>
  join(root, folder, `${name}${STROKES}`);

/** What lies in a set's folder, by name. */
export interface FoundDrawings {
  drawings: DrawingId[];
  /** Whose strokes lie beside them. */
  withStrokes: Set<string>;
  /** Names of drawings that lie aside. */
  aside: Set<string>;
  /** Strokes whose picture is not beside them. */
  lonely: DrawingId[];
}

/** @throws Error where the folder cannot be read */
export async function findDrawings(root: string): Promise<FoundDrawings> {
  const found: FoundDrawings = {
    drawings: [],
    withStrokes: new Set(),
    aside: new Set(),
    lonely: [],
  };
  const folders: string[] = [];
  for await (const entry of await opendir(root)) {
    if (entry.isDirectory() && v.is(classFolderSchema, entry.name)) folders.push(entry.name);
    const rest = entry.name.startsWith(UNFINISHED) ? entry.name.slice(UNFINISHED.length) : '';
    const name = stemOf(rest, PICTURE) ?? stemOf(rest, STROKES);
    if (entry.isFile() && name !== null) found.aside.add(name);
  }
  for (const folder of folders.sort(byNumber)) {
    const [pictures, strokes] = [new Set<string>(), new Set<string>()];
    for await (const entry of await opendir(join(root, folder))) {
      if (!entry.isFile()) continue;
      const [picture, path] = [stemOf(entry.name, PICTURE), stemOf(entry.name, STROKES)];
      if (picture !== null) pictures.add(picture);
      if (path !== null) strokes.add(path);
    }
    for (const name of [...pictures].sort()) found.drawings.push({ folder, name });
    for (const name of [...strokes].sort())
      if (pictures.has(name)) found.withStrokes.add(name);
      else found.lonely.push({ folder, name });
  }
  return found;
}

const stemOf = (file: string, ending: string): string | null => {
  const stem = file.endsWith(ending) ? file.slice(0, -ending.length) : '';
  return STEM.test(stem) ? stem : null;
};

const numbers = new Intl.Collator('en', { numeric: true });
const byNumber = (a: string, b: string): number => numbers.compare(a, b);
