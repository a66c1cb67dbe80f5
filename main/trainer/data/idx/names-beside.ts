import { join } from 'node:path';
import { messageOf } from '../../../../shared/system-errors.ts';
import type { Failure } from '../../../../shared/ipc.ts';
import { readBounded } from '../../files/bounded-file.ts';
import {
  MOST_NAMES_BYTES,
  parseMapping,
  parseNameLines,
  type WrittenNames,
} from '../class-names.ts';
import { datasetOfLabels, isNamesFile } from './file-names.ts';
import { listFolder } from './places.ts';

/** Names of classes in a file beside a dataset's labels, and notes for a person if it cannot be read. */
export interface NamesBeside {
  names: WrittenNames | null;
  notes: Failure[];
}

/**
 * Reads the class names that lie beside a dataset's files: EMNIST's mapping, preferably the dataset's own; or classes.txt or labels.txt
 * with one name on each line.
 * @param labelsName of the training labels' file
 */
export async function readNamesBeside(folder: string, labelsName: string): Promise<NamesBeside> {
  const name = namesFileOf(listFolder(folder)?.names ?? [], datasetOfLabels(labelsName));
  if (name === null) return { names: null, notes: [] };
  const path = join(folder, name);
  const leftOut = (why: string): NamesBeside => ({
    names: null,
    notes: [
      {
        what: `The file that names the classes is left out: ${why}.`,
        where: path,
        remedy: 'The classes are called by their numbers; write the names anew for others.',
      },
    ],
  });
  try {
    const bytes = await readBounded(path, MOST_NAMES_BYTES);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!name.toLowerCase().endsWith('mapping.txt'))
      return { names: parseNameLines(text, path), notes: [] };
    const names = parseMapping(text, path);
    return names
      ? { names, notes: [] }
      : leftOut('it does not give each label its characters’ code points');
  } catch (error) {
    return leftOut(messageOf(error));
  }
}

/** The mapping of that dataset if there is one, else the only file of names; null if there are several. */
function namesFileOf(names: readonly string[], dataset: string): string | null {
  const mapping = `${dataset === '' ? '' : `${dataset}-`}mapping.txt`;
  const own = names.find((name) => name.toLowerCase() === mapping);
  const lists = names.filter(isNamesFile);
  const [only] = lists;
  return own ?? (only !== undefined && lists.length === 1 ? only : null);
}
