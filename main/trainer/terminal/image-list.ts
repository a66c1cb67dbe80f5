import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import * as v from 'valibot';
import { formatCount } from '../../../shared/format.ts';
import { imageIdSchema } from '../../../shared/image-id.ts';
import { FailureError } from '../../../shared/ipc.ts';
import { MOST_LEFT_OUT } from '../../../shared/left-out.ts';
import { shown } from '../../../shared/shown.ts';
import { messageOf } from '../../../shared/system-errors.ts';

/** Reads which images are named: from a table as the window's Mistakes exports it, or from a file with an image a line. */

/** As long as the longest table that the window saves. */
const MOST_BYTES = 50_000_000;
/** The columns that count, as renderer/text/predictions-csv.ts names them. */
const IMAGE = 'image';
const MARKED = 'label marked as wrong';

/** A row of the file, and its number from 1. */
interface Row {
  number: number;
  cells: string[];
}

/**
 * @returns of a table with a column of marks only the images that are marked; of any other file all of them
 * @throws FailureError that names the file, the row, and what is wrong with it
 */
export function readImageList(path: string): string[] {
  const rows = rowsOf(path, readText(path));
  const [head, ...others] = rows;
  if (!head) throw refuse(path, 'The file is empty.');
  const image = head.cells.indexOf(IMAGE);
  const marked = head.cells.indexOf(MARKED);
  const chosen = image < 0 ? rows : others.filter(({ cells }) => isChosen(cells, marked));
  if (chosen.length === 0)
    throw new FailureError({
      what: 'No image in this table is marked: its column “label marked as wrong” says yes nowhere.',
      where: path,
      remedy: 'Mark images in Mistakes and export the table again, or leave the option out.',
    });
  const ids = new Set(chosen.map((row) => idOf(row, image < 0 ? null : image, path)));
  if (ids.size > MOST_LEFT_OUT)
    throw refuse(
      path,
      `It names ${formatCount(ids.size)} images; the most is ${formatCount(MOST_LEFT_OUT)}.`,
    );
  return [...ids];
}

/** @param column of the marks; below 0: the table has none */
const isChosen = (cells: readonly string[], column: number): boolean =>
  column < 0 || cells[column]?.toLowerCase() === 'yes';

/** @param column null: there is nothing else in a row */
function idOf({ number, cells }: Row, column: number | null, path: string): string {
  const id = column === null ? cells.join(',') : (cells[column] ?? '');
  if (v.is(imageIdSchema, id)) return id;
  throw refuse(
    path,
    `Row ${number} has ${shown(id)} where an image’s sixteen digits (0–9, a–f) should be.`,
  );
}

function rowsOf(path: string, text: string): Row[] {
  try {
    const [first = ''] = text.split(/\r?\n|\r/, 1);
    // A spreadsheet may have saved it anew, with the separator of its language.
    const delimiter = [';', '\t'].find((each) => first.includes(each)) ?? ',';
    return parse(text, {
      delimiter,
      bom: true,
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
    }).map((row) => {
      const { info, record } = row as unknown as { info: { lines: number }; record: string[] };
      return { number: info.lines, cells: record };
    });
  } catch (cause) {
    throw refuse(path, `It cannot be read as a table: ${messageOf(cause)}.`);
  }
}

/** Whatever lies there, reading it neither hangs nor fills the memory. */
function readText(path: string): string {
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = fstatSync(file);
      if (!stats.isFile()) throw new Error('it is no regular file');
      if (stats.size > MOST_BYTES)
        throw new Error(`it has ${stats.size} bytes; the most that are read are ${MOST_BYTES}`);
      return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    throw refuse(path, `The list of images cannot be read: ${messageOf(cause)}.`);
  }
}

const refuse = (where: string, what: string): FailureError =>
  new FailureError({
    what,
    where,
    remedy:
      'Name a table that Mistakes exports (“Export CSV”), or a file with an image’s sixteen digits a line; none: all images are trained on.',
  });
