import { FailureError, type Failure } from '../../../../shared/ipc.ts';
import { messageOf } from '../../../../shared/system-errors.ts';
import { partsOfOneForm, type ReadPart } from '../parts-of-one-form.ts';
import type { RawDataset } from '../raw-dataset.ts';
import { putChannelsLast } from '../reading.ts';
import { refuseTable, type CsvFile, type PartFile } from './csv-file.ts';
import { GrowingPixels } from './growing-pixels.ts';
import { classesOfTexts, LabelTexts } from './label-texts.ts';
import { PixelRows } from './pixel-rows.ts';
import type { TableHead } from './table-head.ts';
import type { PixelLayout } from './table-layout.ts';

/** A table of pixels whose columns are known. */
export interface PixelTable {
  file: PartFile;
  head: TableHead;
  layout: PixelLayout;
}

/** What a table of pixels holds. */
interface ReadTable {
  table: PixelTable;
  labels: LabelTexts;
  pixels: GrowingPixels;
  count: number;
}

/**
 * Reads one table, a piece at a time.
 * @throws FailureError naming row and column
 */
export async function readPixelTable(table: PixelTable): Promise<ReadTable> {
  const { file, head, layout } = table;
  const labels = new LabelTexts(file.path);
  const pixels = new GrowingPixels(layout, file.path, expectedBytes(file, head, layout));
  const rows = new PixelRows(layout, head.separator, labels, pixels);
  try {
    for await (const piece of head.pieces) rows.add(piece);
    rows.end();
  } catch (error) {
    if (error instanceof FailureError) throw error;
    throw unreadable(file, error);
  }
  return { table, labels, pixels, count: rows.count };
}

export const unreadable = ({ path }: CsvFile, error: unknown): FailureError =>
  refuseTable(path, `The table cannot be read: ${messageOf(error)}.`, 'Name an undamaged table.');

/** Estimates the bytes of pixels from the length of a row, and as at most half of the file's bytes, since a pixel takes at least two. */
function expectedBytes(
  { bytes }: CsvFile,
  { first, second }: TableHead,
  layout: PixelLayout,
): number {
  const row = (second ?? first).reduce((sum, field) => sum + field.length + 1, 0);
  const rows = Math.ceil(bytes / Math.max(row, 1));
  return Math.min(rows * layout.pixels.length, Math.ceil(bytes / 2));
}

/**
 * Makes a dataset of tables that have been read.
 * @param read the training table first
 * @throws FailureError if they do not belong together
 */
export function datasetOfTables(read: readonly [ReadTable, ...ReadTable[]]): RawDataset {
  const { labels, classNames, notes } = classesOfTexts(read.map((one) => one.labels));
  const areShares = settleShares(read);
  const [train, ...others] = read.map(({ table, pixels, count }, k): ReadPart => {
    const { side, channels, areChannelsFirst } = table.layout;
    const size = side * side * channels;
    const images = pixels.filled(count * size);
    const form = { count, height: side, width: side, channels };
    if (areChannelsFirst) putChannelsLast(images, form);
    return {
      ...form,
      images,
      labels: labels[k] ?? new Uint8Array(),
      part: table.file.part,
      where: table.file.path,
    };
  });
  const [first] = read;
  if (!train) throw new Error('There is no training table.');
  return {
    ...partsOfOneForm([train, ...others]),
    classNames,
    validationFrom: 'each-class',
    findings: [
      ...read.flatMap(({ table }) => layoutNotes(table)),
      ...notes,
      ...(areShares ? [takenAsShares(first.table.file.path)] : []),
    ],
  };
}

/**
 * Decides whether the numbers are shares from 0 to 1: they are if all tables have only such numbers, and some number has a point. Otherwise
 * each 1 is the byte 1.
 */
function settleShares(read: readonly ReadTable[]): boolean {
  const areShares =
    read.every(({ pixels }) => pixels.areShares) && read.some(({ pixels }) => pixels.hasPoint);
  if (!areShares) for (const { pixels } of read) if (pixels.areShares) pixels.takeAsBytes();
  return areShares;
}

const takenAsShares = (where: string): Failure => ({
  what: 'The pixels are numbers from 0 to 1, which are taken times 255 and rounded.',
  where,
  remedy: 'Nothing need be done.',
});

export const layoutNotes = ({
  file,
  layout,
}: {
  file: CsvFile;
  layout: { notes: readonly string[] };
}): Failure[] =>
  layout.notes.map((what) => ({
    what,
    where: file.path,
    remedy:
      'Nothing need be done, unless that is not what the columns are: then name them in a header.',
  }));
