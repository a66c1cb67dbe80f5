import { basename, dirname, join } from 'node:path';
import type { DatasetName } from '../../../../shared/dataset-names.ts';
import { FailureError } from '../../../../shared/ipc.ts';
import { commandOf } from '../../files/command-name.ts';
import { readIdxDataset } from '../idx/idx-dataset.ts';
import type { RawDataset, ReadingWatch } from '../raw-dataset.ts';
import { openTree } from '../tree/open-tree.ts';
import { turnImages } from '../turned-images.ts';
import { readCifarBinary } from './cifar-binary.ts';
import { digitNames } from './class-names-of-sets.ts';
import { unpackSplit } from './emnist-zip.ts';
import { namedSets, type NamedSet } from './set-list.ts';
import { placeOfSet } from './sets.ts';

/** A set's images, upright and with the names of its classes, and its place. */
export type SetRead = RawDataset & { place: string };

/**
 * Reads a named set, which must be on this machine.
 * @throws FailureError if it is not, or its files are damaged; the signal's reason if reading is aborted
 */
export async function readSet(name: DatasetName, watch: ReadingWatch): Promise<SetRead> {
  const place = placeOfSet(name);
  return name === 'mnist'
    ? readIdxSet(place, digitNames)
    : readNamedSet(namedSets[name], place, watch);
}

/**
 * @param place as `whereSetIs` returns it
 * @throws like `readSet`
 */
export async function readNamedSet(
  { form, classNames }: NamedSet,
  place: string,
  watch: ReadingWatch,
): Promise<SetRead> {
  switch (form.kind) {
    case 'idx':
      return readIdxSet(place, classNames);
    case 'emnist': {
      const raw = await readIdxSet(await unpackedPlace(place, form.split, watch), classNames);
      return { ...turnImages(raw, { transpose: true, invert: false }), place: raw.place };
    }
    case 'cifar-binary': {
      const tree = await openTree(place, watch);
      try {
        return { ...(await readCifarBinary(tree)), place };
      } finally {
        await tree.close();
      }
    }
  }
}

/** If only the zip is there yet, the split is unpacked first. */
async function unpackedPlace(place: string, split: string, watch: ReadingWatch): Promise<string> {
  const name = `emnist-${split}`;
  if (basename(place) === name) return place;
  await unpackSplit(place, dirname(place), split, watch);
  return join(dirname(place), name);
}

/** Replaces notes that hold for any files, such as labels that count from 1, by what is known of the set. */
async function readIdxSet(place: string, classNames: readonly string[]): Promise<SetRead> {
  const { train, test, height, width, channels, ...raw } = await readIdxDataset(place);
  if (raw.classNames.length !== classNames.length)
    throw new FailureError({
      what: `The files have ${raw.classNames.length} classes, but the set has ${classNames.length}.`,
      where: raw.folder,
      remedy: `Move them away, and get the set once more (${commandOf('data')} list).`,
    });
  return {
    ...{ train, validation: null, test, height, width, channels },
    classNames: [...classNames],
    validationFrom: 'end',
    findings: [],
    place,
  };
}
