import { resolve } from 'node:path';
import * as v from 'valibot';
import { isFolderNow } from '../trainer/files/is-folder.ts';

/**
 * The checkpoint folder that the app is to open: `firstlayer FOLDER`, or a folder dropped on its icon.
 * @param args without the program's own name
 * @param cwd where a relative path begins
 * @param own the app's own folder, which Electron is given in development
 * @returns the first that is a folder; null: none is
 */
export function folderArgument(args: readonly string[], cwd: string, own: string): string | null {
  const given = args.filter((arg, at) => !arg.startsWith('-') && args[at - 1] !== '--setup');
  const paths = given.map((arg) => resolve(cwd, arg));
  return paths.find((path) => path !== resolve(own) && isFolderNow(path)) ?? null;
}

const handedOn = v.object({ folder: v.nullable(v.string()) });

/** @param data what another start of the app has passed on, unchecked */
export const handedOnFolder = (data: unknown): string | null =>
  v.is(handedOn, data) ? data.folder : null;
