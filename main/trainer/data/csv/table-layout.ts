import { firstFew } from '../../../../shared/format.ts';
import { squareSide } from '../image-axes.ts';
import { printable, shown } from '../../../../shared/shown.ts';
import { refuseTable } from './csv-file.ts';
import type { TableHead } from './table-head.ts';

/** What the columns of a table are: pixels, or the names of files. */
export type TableLayout = PixelLayout | PictureLayout;

interface AnyLayout {
  /** The column names of the header; empty without a header. */
  names: string[];
  columns: number;
  /** The column of the labels; null if there is none. */
  label: number | null;
  /** What a person is told of how the columns were read. */
  notes: string[];
}

export interface PixelLayout extends AnyLayout {
  kind: 'pixels';
  /** Columns of the pixels, in their order in the file. */
  pixels: number[];
  side: number;
  channels: 1 | 3;
  areChannelsFirst: boolean;
}

export interface PictureLayout extends AnyLayout {
  kind: 'pictures';
  file: number;
  part: number | null;
}

const LABEL_NAMES = /^(labels?|class(es)?|targets?|category|y|class_?name)$/;
const FILE_NAMES = /^((file|image|img|picture)[ _-]?(name|path|file|id)?s?|path|filepath|id|name)$/;
const PART_NAMES = /^(split|part|set|subset)$/;
/** Names of columns that number the rows. */
const ROW_NUMBER_NAMES = /^(|unnamed: ?\d+|index|id|image_?id)$/;
const PICTURE = /\.(png|jpe?g|jpe|jfif|bmp|gif|tiff?|webp)$/i;
/** A table of more columns holds pixels, whatever its first column is called. */
const MOST_LIST_COLUMNS = 20;

const isNumber = (text: string): boolean => text !== '' && Number.isFinite(Number(text));

/**
 * Whether the first row names the columns.
 */
function hasHeader({ first }: TableHead): boolean {
  if (first.some((field) => PICTURE.test(field))) return false;
  const [one = ''] = first;
  return (
    one === '' ||
    LABEL_NAMES.test(one.toLowerCase()) ||
    first.slice(1).some((field) => !isNumber(field)) ||
    (first.length === 1 && !isNumber(one))
  );
}

/**
 * @param path of the table, for errors
 * @throws FailureError if the table has neither pixels nor file names
 */
export function layoutOf(head: TableHead, path: string): TableLayout {
  const isNamed = hasHeader(head);
  const names = isNamed ? head.first : [];
  const row = isNamed ? head.second : head.first;
  if (!row)
    throw refuseTable(
      path,
      'The table has a header and no row below.',
      'Name a table with a row for each image.',
    );
  const lower = names.map((name) => name.toLowerCase());
  const byValue = row.findIndex((field) => PICTURE.test(field));
  const byName =
    row.length <= MOST_LIST_COLUMNS ? lower.findIndex((name) => FILE_NAMES.test(name)) : -1;
  const file = byValue >= 0 ? byValue : byName;
  const shared = { names, columns: row.length };
  return file >= 0
    ? { ...shared, ...picturesIn(lower, row, file, path) }
    : { ...shared, ...pixelsIn(lower, row, path) };
}

function picturesIn(names: readonly string[], row: readonly string[], file: number, path: string) {
  const others = Array.from(row.keys()).filter((column) => column !== file);
  const find = (pattern: RegExp): number | null =>
    others.find((column) => pattern.test(names[column] ?? '\0')) ?? null;
  const part = find(PART_NAMES);
  const left = others.filter((column) => column !== part);
  const named = find(LABEL_NAMES);
  const label = named ?? left[0] ?? null;
  if (named === null && names.length > 0 && left.length > 1)
    throw refuseTable(
      path,
      `None of the columns is called label: ${names.slice(0, 10).map(printable).join(', ')}.`,
      'Name the column of the labels “label”.',
    );
  const extra = left.filter((column) => column !== label);
  const called = extra.map((column) => columnText(column, names[column]));
  const notes = [
    ...(extra.length > 0 ? [`Passed over: ${firstFew(called, 10)}.`] : []),
    ...(label !== null && named === null && left.length > 1
      ? [`The labels are taken from ${columnText(label)}.`]
      : []),
  ];
  return { kind: 'pictures' as const, file, label, part, notes };
}

function pixelsIn(names: readonly string[], row: readonly string[], path: string) {
  const numbered = Array.from(row.keys()).filter((column) =>
    ROW_NUMBER_NAMES.test(names[column] ?? '\0'),
  );
  const columns = Array.from(row.keys()).filter((column) => !numbered.includes(column));
  const named = columns.find((column) => LABEL_NAMES.test(names[column] ?? '\0')) ?? null;
  const isUnlabelled =
    named === null && formOf(columns.length) !== null && formOf(columns.length - 1) === null;
  const label = isUnlabelled ? null : (named ?? columns[0] ?? null);
  const pixels = columns.filter((column) => column !== label);
  const form = formOf(pixels.length);
  if (!form)
    throw refuseTable(
      path,
      `The table has ${row.length} columns, of which ${pixels.length} would be pixels${label === null ? '' : ` and ${columnText(label, names[label])} the label`}; ${pixels.length} make no square, in grey or in colour. Nor does a column hold the names of picture files.`,
      'Write a label and all pixels of a square image in each row, or the name of a picture file and a label.',
    );
  const order =
    form.channels === 3 ? channelOrder(pixels.map((column) => names[column] ?? '')) : null;
  const side = `${form.side}×${form.side}`;
  const colour =
    order === 'planes'
      ? `images of ${side} in colour, all of red, then green, then blue, as the header says`
      : `images of ${side} in colour, red, green and blue of each pixel side by side${order === 'pixels' ? ', as the header says' : ''}`;
  const notes = [
    ...(numbered.length > 0
      ? [
          `Passed over: ${numbered
            .slice(0, 10)
            .map((column) => columnText(column, names[column]))
            .join(', ')}.`,
        ]
      : []),
    ...(label !== null && named === null && names.length > 0
      ? [`No column is called label: the labels are taken from ${columnText(label, names[label])}.`]
      : []),
    ...(form.channels === 3
      ? [`The ${pixels.length} pixels of a row are taken as ${colour}.`]
      : []),
  ];
  return {
    kind: 'pixels' as const,
    label,
    pixels,
    ...form,
    areChannelsFirst: order === 'planes',
    notes,
  };
}

/** The square image that so many numbers make, in grey or with three numbers for each pixel. */
function formOf(count: number): { side: number; channels: 1 | 3 } | null {
  if (count < 4) return null;
  const grey = squareSide(count);
  if (grey !== null) return { side: grey, channels: 1 };
  const colour = count % 3 === 0 ? squareSide(count / 3) : null;
  return colour === null ? null : { side: colour, channels: 3 };
}

/** The order of channels that the header names; null if it names none. */
function channelOrder(names: readonly string[]): 'planes' | 'pixels' | null {
  const channels = names.map((name) =>
    'rgb'.indexOf(/(?:^|[^a-z])(r|g|b|red|green|blue)(?:[^a-z]|$)/.exec(name)?.[1]?.[0] ?? '\0'),
  );
  const plane = names.length / 3;
  if (channels.every((channel, k) => channel === Math.floor(k / plane))) return 'planes';
  return channels.every((channel, k) => channel === k % 3) ? 'pixels' : null;
}

/** A column as a person finds it: column 3 ("pixel1"). */
export const columnText = (column: number, name = ''): string =>
  `column ${column + 1}${name === '' ? '' : ` (${shown(name)})`}`;
