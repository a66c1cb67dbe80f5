import { parse } from 'csv-parse';
import { Readable } from 'node:stream';
import type { PartName } from '../../../../shared/dataset-parts.ts';
import { FailureError, type Failure } from '../../../../shared/ipc.ts';
import { shown } from '../../../../shared/shown.ts';
import { partOfWord } from '../../../../shared/part-of-word.ts';
import type { PictureList } from '../pictures/picture-list.ts';
import { MOST_ROW_BYTES, notUtf8, raggedRow, refuseTable, type PartFile } from './csv-file.ts';
import { LabelTexts, namedClasses } from './label-texts.ts';
import { layoutNotes, unreadable } from './pixel-tables.ts';
import type { TableHead } from './table-head.ts';
import type { PictureLayout } from './table-layout.ts';

/** A table of picture files whose columns are known. */
export interface PictureTable {
  file: PartFile;
  head: TableHead;
  layout: PictureLayout;
}

/** Most pictures of a list. */
const MOST_PICTURES = 2_000_000;
/** No system has longer paths. */
const LONGEST_PATH = 4_096;

/** Collects the pictures of tables that are read one after another. */
export class PictureRows {
  readonly #pictures: { path: string; part: PartName | null }[] = [];
  readonly #tables: LabelTexts[] = [];
  readonly #findings: Failure[] = [];
  /** The paths so far. */
  readonly #seen = new Set<string>();

  /**
   * @param alone whether this is the only table, whose rows may be of any part
   * @throws FailureError that names the row
   */
  async addTable(table: PictureTable, alone: boolean): Promise<void> {
    const { file, head, layout } = table;
    const labels = new LabelTexts(file.path);
    const ofFile = alone ? null : file.part;
    this.#tables.push(labels);
    this.#findings.push(...layoutNotes(table));
    let row = 0;
    try {
      for await (const fields of rowsOf(head, file.path)) {
        row++;
        if (row === 1 && layout.names.length > 0) continue;
        this.#addRow(fields, table, { row, labels, ofFile });
      }
    } catch (error) {
      throw error instanceof FailureError ? error : tableError(table, error);
    }
  }

  /** @throws FailureError if there are too few or too many classes */
  list(): PictureList {
    const { labels, classNames, notes } = namedClasses(this.#tables);
    const all = labels.flatMap((part) => Array.from(part));
    return {
      classNames,
      pictures: this.#pictures.map((picture, k) => ({ ...picture, label: all[k] ?? 0 })),
      findings: [...this.#findings, ...notes],
    };
  }

  #addRow(
    fields: readonly string[],
    { file, layout }: PictureTable,
    { row, labels, ofFile }: { row: number; labels: LabelTexts; ofFile: PartName | null },
  ): void {
    if (this.#pictures.length === MOST_PICTURES)
      throw refuseTable(
        file.path,
        `The tables name more than ${MOST_PICTURES} pictures.`,
        'Use fewer pictures.',
      );
    const path = pathIn(fields[layout.file] ?? '', file.path, row);
    const part = partIn(fields[layout.part ?? -1], file.path, row) ?? ofFile;
    if (this.#seen.has(path))
      throw refuseTable(
        file.path,
        `Row ${row} names ${shown(path)} again: a picture has one label and is in one part.`,
        'Leave one of the rows out.',
      );
    this.#seen.add(path);
    labels.add(fields[layout.label ?? -1] ?? '', row);
    this.#pictures.push({ path, part });
  }
}

async function* rowsOf(head: TableHead, path: string): AsyncGenerator<string[]> {
  const parser = parse({
    delimiter: head.separator,
    max_record_size: MOST_ROW_BYTES,
    skip_empty_lines: true,
  });
  const source = Readable.from(decoded(head.pieces, path));
  source.on('error', (error) => parser.destroy(error)).pipe(parser);
  try {
    for await (const fields of parser) yield fields as string[];
  } finally {
    source.destroy();
    parser.destroy();
  }
}

/** @throws FailureError if the bytes are not UTF-8 */
async function* decoded(pieces: AsyncIterable<Buffer>, path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rows = 1;
  const decode = (piece?: Buffer): string => {
    try {
      return decoder.decode(piece, { stream: piece !== undefined });
    } catch {
      throw notUtf8(path, `row ${rows} or below`);
    }
  };
  for await (const piece of pieces) {
    yield decode(piece);
    for (const byte of piece) if (byte === 0x0a) rows++;
  }
  yield decode();
}

/** Reads a path, which must lie below the table's folder. */
function pathIn(text: string, table: string, row: number): string {
  const path = text
    .trim()
    .replaceAll('\\', '/')
    .replace(/^(\.\/+)+/, '');
  const refuse = (what: string): FailureError =>
    refuseTable(
      table,
      `Row ${row} ${what}.`,
      'Write the path of a picture below the table’s folder.',
    );
  if (path === '') throw refuse('has no file name');
  if (path.length > LONGEST_PATH)
    throw refuse(`has a file name of ${path.length} characters; the most taken is ${LONGEST_PATH}`);
  if (path.includes('\0')) throw refuse('has a file name with a zero byte');
  if (/^\/|^[a-z]+:/i.test(path) || path.split('/').includes('..'))
    throw refuse(`names ${shown(path)}, which is not below the table’s folder`);
  return path;
}

function partIn(text: string | undefined, table: string, row: number): PartName | null {
  const word = text?.trim() ?? '';
  if (word === '') return null;
  const part = partOfWord(word);
  if (part) return part;
  throw refuseTable(
    table,
    `Row ${row} is of the part ${shown(word)}, which is not known.`,
    'Write train, val or test.',
  );
}

/** Turns an error of the table's parser into a message for a person. */
function tableError({ file, layout }: PictureTable, error: unknown): FailureError {
  const { code, record, records } = (error ?? {}) as {
    code?: string;
    record?: unknown;
    records?: number;
  };
  const { path } = file;
  const row = (records ?? 0) + 1;
  if (code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH')
    return raggedRow(path, row, {
      held: Array.isArray(record) ? record.length : 'other',
      wanted: layout.columns,
    });
  if (code?.includes('QUOTE'))
    return refuseTable(
      path,
      `The quotes of row ${row} are wrong.`,
      'Put a text that holds quotes in quotes, and write each of its own twice.',
    );
  if (code === 'CSV_MAX_RECORD_SIZE')
    return refuseTable(
      path,
      `Row ${row} is longer than ${MOST_ROW_BYTES / 2 ** 20} MB.`,
      'A quote that is not closed makes one row of many.',
    );
  return unreadable(file, error);
}
