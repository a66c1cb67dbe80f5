import { formatCount, formatSigned } from './format.ts';
import type { DoneEdit } from './weight-edit.ts';

/** Weights that were set by hand, in words; one is told wholly. */
export function editWords(edits: readonly DoneEdit[]): string {
  const [first] = edits;
  const filters = [...new Set(edits.map(({ filter }) => filter + 1))];
  if (edits.length === 1 && first)
    return `A weight of filter ${first.filter + 1} set by hand: ${formatSigned(first.was)} → ${formatSigned(first.value)}`;
  const where = filters.length === 1 ? `filter ${filters.join()}` : `${filters.length} filters`;
  return `${formatCount(edits.length)} weights of ${where} set by hand`;
}
