import { classMetricsOf } from '../class-metrics.ts';
import { formatCount, formatPercent } from '../format.ts';
import { html, type Content, type Markup } from './markup.ts';
import type { ReportData } from './report-data.ts';

type Evaluation = NonNullable<ReportData['evaluation']>;

/** More rows and columns than this are no picture any more, and do not fit on paper. */
const MOST_SHOWN = 30;
const HEATS = 5;
/** More columns than this, or more letters at their heads, have the heads upright to fit on paper. */
const MOST_LYING = 12;
const MOST_LETTERS = 60;
/** A table of no more rows is not parted between two pages. */
const MOST_TOGETHER = 12;

const shareText = (share: number | null): string =>
  share === null ? '–' : formatPercent(share, 1);

const nameAt = (classNames: readonly string[], label: number): string =>
  classNames[label] ?? String(label);

/** Which class was taken for which, and how well each was told; nothing where an earlier version did not record it. */
export function evaluationTables({ score }: Evaluation, classNames: readonly string[]): Markup[] {
  const { confusion } = score;
  const isShown = confusion && confusion.length <= MOST_SHOWN;
  return [
    ...(isShown ? [confusionTable(confusion, classNames)] : []),
    ...(confusion && !isShown
      ? [
          html`<p class="muted">
            The confusion matrix of ${confusion.length} classes is too large for a page.
          </p>`,
        ]
      : []),
    ...classTable(score, classNames),
  ];
}

function confusionTable(
  confusion: readonly (readonly number[])[],
  classNames: readonly string[],
): Markup {
  const wrong = confusion.flatMap((row, of) => row.filter((_, answer) => answer !== of));
  const most = Math.max(1, ...wrong);
  const cell = (count: number, of: number, answer: number): Markup => {
    const heat = count === 0 ? 0 : Math.max(1, Math.ceil((count / most) * HEATS));
    return html`<td class="${of === answer ? 'right' : `heat-${heat}`}">
      ${count === 0 ? '' : formatCount(count)}
    </td>`;
  };
  const letters = confusion.reduce((sum, _, label) => sum + nameAt(classNames, label).length, 0);
  const isMany = confusion.length > MOST_LYING || letters > MOST_LETTERS;
  const nameSpan = (label: number): Markup =>
    html`<span class="name">${nameAt(classNames, label)}</span>`;
  const rows = confusion.map(
    (row, of) =>
      html`<tr>
        <th scope="row">${nameSpan(of)}</th>
        ${row.map((count, answer) => cell(count, of, answer))}
      </tr> `,
  );
  return html`<div class="wide short">
    <table class="confusion${isMany && ' many'}">
      <caption>
        Confusion matrix: a row is what an image is, a column what it was taken for.
      </caption>
      <thead>
        <tr>
          <th scope="col">is \\ read</th>
          ${confusion.map((_, label) => html`<th scope="col">${nameSpan(label)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div> `;
}

function classTable(score: Evaluation['score'], classNames: readonly string[]): Markup[] {
  const metrics = classMetricsOf(score);
  if (!metrics) return [];
  const rows = metrics.map(
    ({ precision, recall, f1, examples }, label) =>
      html`<tr>
        <th scope="row">${nameAt(classNames, label)}</th>
        ${[precision, recall, f1].map((share) => html`<td class="number">${shareText(share)}</td>`)}
        <td class="number">${formatCount(examples)}</td>
      </tr> `,
  );
  return [tableOf('Each class', ['Class', 'Precision', 'Recall', 'F1', 'Examples'], rows)];
}

/** A table with a head; all but the first column hold numbers unless `texts` says otherwise. */
export function tableOf(
  caption: string,
  head: readonly string[],
  rows: Content,
  texts: readonly number[] = [0],
): Markup {
  const cells = head.map(
    (name, k) => html`<th scope="col" class="${texts.includes(k) ? '' : 'number'}">${name}</th>`,
  );
  const isLong = Array.isArray(rows) && rows.length > MOST_TOGETHER;
  return html`<div class="wide${!isLong && ' short'}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${cells}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div> `;
}
