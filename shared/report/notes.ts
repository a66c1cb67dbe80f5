import { formatCount } from '../format.ts';
import { tableOf } from './evaluation.ts';
import { html, type Content } from './markup.ts';
import type { ReportData } from './report-data.ts';

/** What the person has pinned to the way up to the checkpoint; nothing where there is nothing. */
export function notesSection({ notes, notesProblem }: ReportData): Content {
  if (notesProblem !== null)
    return html`<h2>Notes</h2>
      <p class="muted">${notesProblem}</p> `;
  if (notes.length === 0) return null;
  const rows = notes.map(
    ({ step, text }) =>
      html`<tr>
        <td class="number">${formatCount(step)}</td>
        <td class="notes">${text}</td>
      </tr> `,
  );
  return html`<h2>Notes</h2>
    ${tableOf('After so many steps', ['Step', 'Note'], rows, [1])}`;
}
