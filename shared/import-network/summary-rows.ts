/** Splits a printed summary into rows. Names, shapes and lists that were broken in narrow cells are joined again. */

export interface PrintedRow {
  /** Number of its first line, from 1. */
  line: number;
  /** Such as `conv2d_1 (Conv2D)`; older tables cut it off. */
  label: string;
  shape: string;
  parameters: string;
  /** What goes into it; empty if the table does not say it. */
  from: string;
}

export function rowsOfText(text: string): PrintedRow[] {
  const lines = text.split(/\r?\n/);
  return lines.some((line) => line.includes('│')) ? boxedRows(lines) : plainRows(lines);
}

/** Keras 3: columns and rows are separated by lines. */
function boxedRows(lines: readonly string[]): PrintedRow[] {
  const rows: PrintedRow[] = [];
  let isOpen = false;
  lines.forEach((text, index) => {
    const isRow = text.trimStart().startsWith('│');
    if (isRow) {
      const cells = text
        .split('│')
        .slice(1)
        .map((cell) => cell.trim());
      const [label = '', shape = '', parameters = '', from = ''] = cells;
      const row = isOpen ? rows.at(-1) : undefined;
      if (!row) rows.push({ line: index + 1, label, shape, parameters, from });
      else {
        row.label += label;
        row.shape += shape;
        row.parameters += parameters;
        row.from += ` ${from}`;
      }
    }
    isOpen = isRow;
  });
  return rows;
}

/** Such as `conv2d (Conv2D)  (None, 28, 28, 6)  156  input[0][0]`; the name may be cut off, or go on in the next line. */
const PLAIN =
  /^\s*(\S+(?: \(\w*\)?)?)\s+(\[?\([^)]*\)\]?|\?|multiple|unknown)\s+(\d[\d,]*)(?: \(unused\))?(?:\s+(\S.*))?$/;
/** Column before which names are printed; what goes into a layer comes far behind it. */
const NAMES_END = 30;

/** Keras 2: columns are separated by spaces, and names may go on in the next line. */
function plainRows(lines: readonly string[]): PrintedRow[] {
  const rows: PrintedRow[] = [];
  for (const [index, text] of lines.entries()) {
    if (/^\s*Total params:/.test(text)) break;
    const [, label, shape = '', parameters = '', from = ''] = PLAIN.exec(text.trimEnd()) ?? [];
    const row = rows.at(-1);
    if (label !== undefined) rows.push({ line: index + 1, label, shape, parameters, from });
    else if (row && /[a-z\d]/i.test(text)) {
      const name = text.slice(0, NAMES_END).trim();
      if (!row.label.endsWith(')')) row.label += name;
      row.from += ` ${text.slice(NAMES_END)}`;
    }
  }
  return rows;
}
