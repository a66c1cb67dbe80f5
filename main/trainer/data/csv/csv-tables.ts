import { basename } from 'node:path';
import { partNames, type PartName } from '../../../../shared/dataset-parts.ts';
import type { Failure } from '../../../../shared/ipc.ts';
import { printable } from '../../../../shared/shown.ts';
import { partOfWord } from '../../../../shared/part-of-word.ts';
import type { PictureList } from '../pictures/picture-list.ts';
import type { RawDataset } from '../raw-dataset.ts';
import { refuseTable, type CsvFile, type PartFile } from './csv-file.ts';
import { PictureRows } from './picture-tables.ts';
import { datasetOfTables, readPixelTable } from './pixel-tables.ts';
import { readHead } from './table-head.ts';
import { layoutOf } from './table-layout.ts';

/** What tables hold: the images themselves, or the names of picture files. */
export type CsvContent =
  { kind: 'pixels'; dataset: RawDataset } | { kind: 'pictures'; list: PictureList };

/** A dataset's tables with the parts that their names say, training first, and findings about tables that are not read. */
interface PartFiles {
  files: [PartFile, ...PartFile[]];
  findings: Failure[];
}

/** The part that a table's name says: `mnist_train.csv` is for training. */
const partOfName = (path: string) =>
  basename(path)
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map(partOfWord)
    .find((part) => part !== null) ?? null;

/**
 * Reads one table of all images, or one table for each part, told by their names: train.csv, val.csv, test.csv.
 * @param place where the tables lie, for errors
 * @throws FailureError that names the row and column of what is wrong
 */
export async function readCsv(place: string, tables: readonly CsvFile[]): Promise<CsvContent> {
  const { files, findings } = partFiles(place, tables);
  const pixels: Awaited<ReturnType<typeof readPixelTable>>[] = [];
  const pictures = new PictureRows();
  let kind: CsvContent['kind'] | null = null;
  for (const file of files) {
    const head = await readHead(file);
    try {
      const layout = layoutOf(head, file.path);
      if (layout.label === null) {
        findings.push(withoutLabels(file));
        continue;
      }
      kind ??= layout.kind;
      if (kind !== layout.kind) throw mixedKinds(file);
      if (layout.kind === 'pixels') pixels.push(await readPixelTable({ file, head, layout }));
      else await pictures.addTable({ file, head, layout }, files.length === 1);
    } finally {
      await head.close();
    }
  }
  const [train, ...others] = pixels;
  if (!train) {
    const list = pictures.list();
    return { kind: 'pictures', list: { ...list, findings: [...findings, ...list.findings] } };
  }
  const dataset = datasetOfTables([train, ...others]);
  return { kind: 'pixels', dataset: { ...dataset, findings: [...findings, ...dataset.findings] } };
}

/**
 * Assigns tables to parts. A single table is for all images; of several, one must be for training.
 * @throws FailureError if the names do not show which
 */
function partFiles(place: string, tables: readonly CsvFile[]): PartFiles {
  const [only] = tables;
  if (!only) throw refuseTable(place, 'There is no table.', TABLES_WANTED);
  if (tables.length === 1) return { files: [{ ...only, part: 'train' }], findings: [] };
  const named = tables.map((table) => ({ table, part: partOfName(table.path) }));
  const unnamed = named.filter(({ part }) => part === null);
  const isNamed = named.some(({ part }) => part === 'train');
  const ofPart = (name: PartName): PartFile[] =>
    named
      .filter(({ part }) => part === name || (part === null && name === 'train' && !isNamed))
      .map(({ table }) => ({ ...table, part: name }));
  const twice = partNames.map(ofPart).find((files) => files.length > 1);
  if (twice)
    throw refuseTable(
      place,
      `Several tables may be the one for ${twice[0]?.part ?? 'training'}: ${listNames(twice)}.`,
      TABLES_WANTED,
    );
  const [train, ...others] = partNames.flatMap(ofPart);
  if (train?.part !== 'train')
    throw refuseTable(
      place,
      `None of the tables is for training: ${listNames(tables)}.`,
      TABLES_WANTED,
    );
  const passedOver = isNamed ? unnamed.map(({ table }) => table) : [];
  return {
    files: [train, ...others],
    findings: passedOver.map(({ path }) => ({
      what: `${printable(basename(path))} is passed over: its name tells no part.`,
      where: path,
      remedy:
        'Nothing need be done, unless it is to be read: then name it train.csv, val.csv or test.csv.',
    })),
  };
}

const TABLES_WANTED =
  'Name the table itself, or call the tables train.csv and, where there are such, val.csv and test.csv.';
const MOST_LISTED = 8;

const listNames = (tables: readonly CsvFile[]): string =>
  [
    ...tables.slice(0, MOST_LISTED).map(({ path }) => printable(basename(path))),
    ...(tables.length > MOST_LISTED ? [`${tables.length - MOST_LISTED} more`] : []),
  ].join(', ');

/** @throws FailureError if the table is the one for training */
function withoutLabels({ path, part }: PartFile): Failure {
  if (part === 'train')
    throw refuseTable(
      path,
      'The table has no column of labels.',
      'Add a column called label, with the class of each image.',
    );
  return {
    what: `${printable(basename(path))} has no column of labels, as Kaggle ships it: nothing can be tested on it.`,
    where: path,
    remedy: 'Nothing need be done: images of the training table are kept for it.',
  };
}

const mixedKinds = ({ path }: PartFile) =>
  refuseTable(
    path,
    'This table and the one for training are of two kinds: one holds pixels, the other names of files.',
    'Use tables of one dataset.',
  );
