import type { PartName } from '../../../../shared/dataset-parts.ts';
import { FailureError } from '../../../../shared/ipc.ts';

/** A table that can be read piece by piece. */
export interface CsvFile {
  /** Its path, for errors. */
  path: string;
  bytes: number;
  pieces: AsyncIterable<Buffer>;
}

/** A table of one part of a dataset. */
export interface PartFile extends CsvFile {
  part: PartName;
}

/** Most bytes of one row. */
export const MOST_ROW_BYTES = 64 * 2 ** 20;
/** Most columns of a table: those of an image of 600×600 pixels in colour. */
export const MOST_COLUMNS = 1_100_000;

export const refuseTable = (path: string, what: string, remedy: string): FailureError =>
  new FailureError({ what, where: path, remedy });

export const rowTooLong = (path: string, row: number): FailureError =>
  refuseTable(
    path,
    `Row ${row} is longer than ${MOST_ROW_BYTES / 2 ** 20} MB.`,
    'Write each image in a row of its own; a quote that is not closed makes one row of many.',
  );

export const rowTooWide = (path: string, row: number, columns: number): FailureError =>
  refuseTable(
    path,
    `Row ${row} has ${columns} columns; the most taken is ${MOST_COLUMNS}.`,
    'Write each image in a row of its own.',
  );

export const raggedRow = (
  path: string,
  row: number,
  { held, wanted }: { held: number | string; wanted: number },
): FailureError =>
  refuseTable(
    path,
    `Row ${row} has ${held} columns, but the first row has ${wanted}.`,
    'Write as many columns in every row; text that holds a separator is to be in quotes.',
  );

export const notUtf8 = (path: string, where: string): FailureError =>
  refuseTable(path, `The table's text is not in UTF-8 (${where}).`, 'Save it anew as “CSV UTF-8”.');
