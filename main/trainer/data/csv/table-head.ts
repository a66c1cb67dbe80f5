import { parse } from 'csv-parse/sync';
import { FailureError } from '../../../../shared/ipc.ts';
import { messageOf } from '../../../../shared/system-errors.ts';
import { foreignFormat } from '../foreign-format.ts';
import {
  MOST_COLUMNS,
  MOST_ROW_BYTES,
  notUtf8,
  raggedRow,
  refuseTable,
  rowTooLong,
  rowTooWide,
  type CsvFile,
} from './csv-file.ts';

/** The first two rows of a table, and its separator. */
export interface TableHead {
  separator: Separator;
  first: string[];
  /** Null if there is only one row. */
  second: string[] | null;
  /** The whole table from its beginning, without a byte order mark. */
  pieces: AsyncIterable<Buffer>;
  /** Must be called when no more pieces are wanted. */
  close(): Promise<void>;
}

const separators = [',', ';', '\t'] as const;
export type Separator = (typeof separators)[number];

const [QUOTE, LF, CR] = [0x22, 0x0a, 0x0d];
const BYTE_ORDER_MARK = Buffer.of(0xef, 0xbb, 0xbf);

/**
 * Reads to the end of the second row.
 * @throws FailureError if the file is not a table
 */
export async function readHead({ path, pieces }: CsvFile): Promise<TableHead> {
  const iterator = pieces[Symbol.asyncIterator]();
  const close = async (): Promise<void> => {
    await iterator.return?.();
  };
  try {
    const { bytes, rows } = await firstRows(iterator, path);
    const [one, two] = rows;
    if (!one)
      throw refuseTable(path, 'The table is empty.', 'Name a table with a row for each image.');
    const separator = separatorOf(one, path);
    const first = fieldsOf(one, separator, path, 1);
    const second = two ? fieldsOf(two, separator, path, 2) : null;
    if (second && second.length !== first.length)
      throw raggedRow(path, 2, { held: second.length, wanted: first.length });
    return { separator, first, second, pieces: joined(bytes, iterator), close };
  } catch (error) {
    await close();
    if (error instanceof FailureError) throw error;
    throw refuseTable(
      path,
      `The table cannot be read: ${messageOf(error)}.`,
      'Name an undamaged one.',
    );
  }
}

async function* joined(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

/** All bytes read so far, and the first two rows among them that are not blank. */
async function firstRows(
  iterator: AsyncIterator<Buffer>,
  path: string,
): Promise<{ bytes: Buffer; rows: Buffer[] }> {
  const kept: Buffer[] = [];
  let length = 0;
  const rows = new RowEnds();
  let isEnd = false;
  while (!isEnd && rows.ends.length < 2) {
    const next = await iterator.next();
    isEnd = next.done === true;
    if (next.done) break;
    kept.push(next.value);
    rows.add(next.value);
    length += next.value.length;
    if (length - (rows.ends[0]?.end ?? 0) > MOST_ROW_BYTES && rows.ends.length < 2)
      throw rowTooLong(path, rows.ends.length + 1);
  }
  if (isEnd) rows.finish();
  const whole = Buffer.concat(kept, length);
  checkIsText(whole, path);
  const mark = whole.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0;
  const found = rows.ends.map(({ start, end }) => whole.subarray(Math.max(start, mark), end));
  return { bytes: whole.subarray(mark), rows: found.filter((row) => row.length > 0) };
}

/** Finds the first two rows that are not blank. A line end within quotes does not end a row. */
class RowEnds {
  readonly ends: { start: number; end: number }[] = [];
  #isQuoted = false;
  #start = 0;
  #at = 0;

  add(piece: Buffer): void {
    for (let k = 0; k < piece.length && this.ends.length < 2; k++, this.#at++) {
      const byte = piece[k];
      if (byte === QUOTE) this.#isQuoted = !this.#isQuoted;
      if (this.#isQuoted || (byte !== LF && byte !== CR)) continue;
      this.#endRow();
      this.#start = this.#at + 1;
    }
  }

  /** Ends the last row, which may lack a line end. */
  finish(): void {
    this.#endRow();
  }

  #endRow(): void {
    if (this.#at > this.#start && this.ends.length < 2)
      this.ends.push({ start: this.#start, end: this.#at });
  }
}

function checkIsText(bytes: Buffer, path: string): void {
  const beginning = bytes.subarray(0, 64);
  const [first, second] = beginning;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw notUtf8(path, 'it is in UTF-16');
  const format = foreignFormat(beginning);
  if (
    !beginning.includes(0) &&
    (format === null || format === 'text' || format === 'a BMP picture')
  )
    return;
  throw refuseTable(
    path,
    `The file is no table: it begins as ${format ?? 'no text'} does.`,
    'Name a table of text, whose columns are separated by commas, semicolons or tabs.',
  );
}

/** The separator that the row has most often outside quotes. */
function separatorOf(row: Buffer, path: string): Separator {
  let isQuoted = false;
  const counts = separators.map(() => 0);
  const codes = separators.map((separator) => separator.charCodeAt(0));
  for (const byte of row) {
    if (byte === QUOTE) isQuoted = !isQuoted;
    const which = isQuoted ? -1 : codes.indexOf(byte);
    if (which >= 0) counts[which] = (counts[which] ?? 0) + 1;
  }
  const most = Math.max(...counts);
  if (most >= MOST_COLUMNS) throw rowTooWide(path, 1, most + 1);
  return separators[counts.indexOf(most)] ?? ',';
}

/** @throws FailureError if the row is not UTF-8, or its quotes are wrong */
function fieldsOf(row: Buffer, separator: Separator, path: string, number: number): string[] {
  const separatorCount = row.reduce(
    (sum, byte) => sum + (byte === separator.charCodeAt(0) ? 1 : 0),
    0,
  );
  if (separatorCount >= MOST_COLUMNS) throw rowTooWide(path, number, separatorCount + 1);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(row);
  } catch {
    throw notUtf8(path, `row ${number}`);
  }
  try {
    const [fields = []] = parse(text, { delimiter: separator, record_delimiter: [] as string[] });
    return fields.map((field) => field.trim());
  } catch {
    throw refuseTable(
      path,
      `The quotes of row ${number} are wrong.`,
      'Put a text that holds quotes in quotes, and write each of its own twice.',
    );
  }
}
