import { withinSentence } from './language.ts';

/** The ways in which a window slides. */
export type SlideAxis = 'rows' | 'columns' | 'rows and columns';

const labels: Readonly<Record<SlideAxis, string>> = {
  rows: 'Rows',
  columns: 'Columns',
  'rows and columns': 'Rows and columns',
};

/** As a text within a sentence has it. */
export const axisWords = (axis: SlideAxis): string => withinSentence(labels[axis]);
