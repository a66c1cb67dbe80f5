import { FailureError } from '../ipc.ts';
import { wholeKind } from './keras-words.ts';
import { rowsOfText, type PrintedRow } from './summary-rows.ts';

/** Parses the table that `model.summary()` prints, of Keras 2 or 3. */

export interface SummaryRow {
  /** Line in the pasted text, from 1. */
  line: number;
  name: string;
  kind: string;
  /** Shape of one example's output; null if the model was not built, or has several outputs. */
  shape: readonly number[] | null;
  parameters: number;
  /** Names of the layers that go into it, if the table says so. */
  from: readonly string[];
}
export interface SummaryTable {
  name: string | null;
  rows: SummaryRow[];
  /** The total that the table gives for all rows; null if it gives none. */
  parameters: number | null;
}

export const SUMMARY = 'the pasted summary of Keras';

/** Whether a text is meant to be such a table. */
export const isKerasSummary = (text: string): boolean =>
  /^[\s│|┃]*Layer \(type\)/m.test(text) || rowsOfText(text).length > 0;

/** @throws FailureError if the text has no row */
export function readSummaryTable(text: string): SummaryTable {
  const rows = rowsOfText(text).map(rowOf);
  if (rows.length === 0)
    throw new FailureError({
      what: 'It has no row that names a layer, the shape of its output and its parameters.',
      where: SUMMARY,
      remedy: 'Paste the whole of what model.summary() prints, or what model.to_json() returns.',
    });
  const totals = [...text.matchAll(/^\s*(?:Trainable|Non-trainable) params:\s*([\d,]+)/gm)];
  return {
    name: /^\s*Model: "(.*)"/m.exec(text)?.[1] ?? null,
    rows,
    parameters:
      totals.length === 0 ? null : totals.reduce((sum, [, each]) => sum + numberOf(each), 0),
  };
}

const numberOf = (text = ''): number => Number(text.replaceAll(/\D/g, ''));

function rowOf({ line, label, shape, parameters, from }: PrintedRow): SummaryRow {
  const [, name = label, printed = ''] = /^(.*?)\s*\((\w*)\)?$/.exec(label) ?? [];
  const dims = /^\[?\((?:None|\d+),([\d, ]*)\)\]?$/.exec(shape)?.[1];
  const sizes = dims?.split(',').flatMap((size) => (size.trim() === '' ? [] : Number(size)));
  return {
    ...{ line, name, kind: label.endsWith(')') ? printed : wholeKind(printed, name) },
    shape: sizes && sizes.length > 0 ? sizes : null,
    parameters: numberOf(parameters),
    from: [...from.matchAll(/([\w./-]+)\[\d/g)].map(([, each]) => each ?? ''),
  };
}
