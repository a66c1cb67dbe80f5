import type { Failure, FailureError } from '../../../../shared/ipc.ts';
import { printable } from '../../../../shared/shown.ts';
import { numberClasses } from '../classes.ts';
import { makeLabels, type Labels } from '../examples.ts';
import { MOST_CLASSES, MOST_EXAMPLES } from '../limits.ts';
import { refuseTable } from './csv-file.ts';

/** A longer text is not a label. */
const LONGEST_LABEL = 200;

/** The labels of one table as it has them: names or numbers. */
export class LabelTexts {
  readonly path: string;
  /** For each row, the index of its label in `texts`. */
  readonly ids: number[] = [];
  readonly #numbers = new Map<string, number>();

  /** @param path of the table, for errors */
  constructor(path: string) {
    this.path = path;
  }

  get texts(): string[] {
    return [...this.#numbers.keys()];
  }

  /**
   * @param row for the error
   * @throws FailureError if the text is not a label, or there are too many labels
   */
  add(text: string, row: number): void {
    const label = wholeText(text.trim());
    const refuse = (what: string, remedy: string): FailureError =>
      refuseTable(this.path, what, remedy);
    if (label === '') throw refuse(`Row ${row} has no label.`, 'Write a label in every row.');
    if (label.length > LONGEST_LABEL)
      throw refuse(
        `The label of row ${row} has ${label.length} characters; the most taken is ${LONGEST_LABEL}.`,
        'Name the column of the labels “label”.',
      );
    if (this.ids.length === MOST_EXAMPLES)
      throw refuse(`The table has more than ${MOST_EXAMPLES} rows.`, 'Use fewer examples.');
    let id = this.#numbers.get(label);
    if (id === undefined) {
      id = this.#numbers.size;
      if (id === MOST_CLASSES)
        throw refuse(
          `Row ${row} has the label ${printable(label)}, the ${MOST_CLASSES + 1}th that is different; the most taken is ${MOST_CLASSES}.`,
          'Name the column of the labels “label”, or use fewer classes.',
        );
      this.#numbers.set(label, id);
    }
    this.ids.push(id);
  }
}

/** Reads 3.0 as 3. */
const wholeText = (text: string): string => text.replace(/^(-?\d+)\.0+$/, '$1');

const areWhole = (texts: readonly string[]): boolean =>
  texts.every((text) => /^-?(0|[1-9]\d{0,8})$/.test(text));

/** Classes of tables, and what a person is told of how they were read. */
export interface TableClasses {
  /** Labels of each table in turn, from 0. */
  labels: Labels[];
  classNames: string[];
  notes: Failure[];
}

/**
 * The classes of tables: whole numbers are treated as in any data, names are sorted by their code units.
 * @param tables the training table first
 * @throws FailureError like `numberClasses`
 */
export function classesOfTexts(tables: readonly LabelTexts[]): TableClasses {
  if (!areWhole(tables.flatMap(({ texts }) => texts))) return namedClasses(tables);
  const { classes, classNames, notes } = numberClasses(
    tables.map(({ path, ids, texts }) => {
      const values = texts.map(Number);
      return { path, numbers: Int32Array.from(ids, (id) => values[id] ?? 0) };
    }),
  );
  return { labels: classes, classNames, notes };
}

/**
 * Makes a class of each text; they are sorted by value if all are whole numbers, else by their code units.
 * @throws FailureError if there is only one class, or there are too many
 */
export function namedClasses(tables: readonly LabelTexts[]): TableClasses {
  const names = [...new Set(tables.flatMap(({ texts }) => texts))];
  if (areWhole(names)) names.sort((a, b) => Number(a) - Number(b));
  else names.sort();
  const where = tables[0]?.path ?? '';
  if (names.length < 2)
    throw refuseTable(
      where,
      names.length === 0
        ? 'The table has no row with a label.'
        : `All labels are ${printable(names[0] ?? '')}: there is one class only, and a network learns to tell classes apart.`,
      'Use data of two classes or more.',
    );
  if (names.length > MOST_CLASSES)
    throw refuseTable(
      where,
      `The tables have ${names.length} classes together; the most taken is ${MOST_CLASSES}.`,
      'Use fewer classes.',
    );
  const numbers = new Map(names.map((name, number) => [name, number]));
  const labels = tables.map(({ ids, texts }) => {
    const classes = texts.map((text) => numbers.get(text) ?? 0);
    const made = makeLabels(ids.length, names.length);
    for (let k = 0; k < made.length; k++) made[k] = classes[ids[k] ?? 0] ?? 0;
    return made;
  });
  return { labels, classNames: names.map(printable), notes: [] };
}
