import { formatBytes, formatCount, formatDuration, formatPercent } from '../format.ts';
import { curvePicture, type CurvePicture } from './curve-picture.ts';
import { evaluationTables, tableOf } from './evaluation.ts';
import { filterPictures } from './filter-picture.ts';
import { html, type Content, type Markup } from './markup.ts';
import { datasetName } from './mistakes-data.ts';
import { mistakesSection } from './mistakes.ts';
import { notesSection } from './notes.ts';
import { lossText } from './numbers.ts';
import type { ReportData } from './report-data.ts';
import { setUpSection } from './set-up.ts';
import { reportStyles } from './styles.ts';

/** Of a page that runs nothing and loads nothing, should anything ever get past the escaping. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * A report of a run as one page that stands by itself: no script, nothing that is loaded, every text escaped.
 * @returns HTML, the same for the same data
 */
export function reportHtml(data: ReportData): string {
  const title = `${data.config.network.name}, step ${formatCount(data.checkpoint.step)}`;
  const page = html`<meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
    <meta name="viewport" content="width=device-width" />
    <meta name="generator" content="Firstlayer" />
    <title>${title}</title> `;
  const body = html`<body>
    <h1>${data.config.network.name}</h1>
    <p class="muted">
      Run in the folder “${data.folder}” on ${datasetName(data.config.data.dataset)}, seed
      ${data.config.training.seed}: report of ${data.checkpoint.name}.
    </p>
    ${answers(data)}${notesSection(data)}${curvesSection(data)}${evaluationSection(data)}${mistakesSection(data)}${filtersSection(data)}${setUpSection(data)}${eventsSection(data)}${checkpointsSection(data)}${provenanceSection(data)}
  </body> `;
  // The style is ours alone and would not survive being escaped.
  return `<!doctype html>\n<html lang="en">\n<head>\n${page.toString()}<style>${reportStyles}</style>\n</head>\n${body.toString()}</html>\n`;
}

function answers({ checkpoint, epochs, evaluation, training }: ReportData): Markup {
  const validated = epochs.findLast(({ validation }) => validation !== null)?.validation;
  const test = evaluation?.part === 'test' ? evaluation.score : null;
  const facts: [string, string | null][] = [
    ['Test accuracy', test && formatPercent(test.accuracy, 2)],
    ['Validation accuracy', validated ? formatPercent(validated.accuracy, 2) : null],
    ['Validation loss', validated ? lossText(validated.loss) : null],
    ['Epochs done', formatCount(checkpoint.epoch)],
    ['Steps', formatCount(checkpoint.step)],
    [
      'Trained for',
      checkpoint.trainingSeconds === null ? null : formatDuration(checkpoint.trainingSeconds),
    ],
    ['Last training loss', training.length === 0 ? null : lossText(training.at(-1)?.loss ?? 0)],
  ];
  const shown = facts.filter(([, value]) => value !== null);
  return html`<dl class="answers">
    ${shown.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl> `;
}

function curvesSection({ training, epochs, checkpoint }: ReportData): Markup {
  const isValidated = epochs.some(({ validation }) => validation !== null);
  const figure = (number: 'loss' | 'accuracy', format: CurvePicture['format']): Content => {
    const validation = epochs.flatMap(({ step, validation: score }) =>
      score ? [{ x: step, y: score[number] }] : [],
    );
    const trained = training.map(({ step, [number]: y }) => ({ x: step, y }));
    const sentence = `${number === 'loss' ? 'Loss' : 'Accuracy'} by step: training, a batch each${validation.length > 0 ? `, and validation after ${formatCount(validation.length)} ${validation.length === 1 ? 'epoch' : 'epochs'}, last ${format(validation.at(-1)?.y ?? 0)}` : ''}.`;
    const picture = curvePicture({
      title: sentence,
      powers: number === 'loss',
      format,
      most: checkpoint.step,
      lines: [
        { kind: 'training', points: trained },
        { kind: 'validation', points: validation },
      ],
    });
    return (
      picture &&
      html`<figure>
        ${picture}
        <figcaption>${sentence}</figcaption>
      </figure> `
    );
  };
  const figures = [
    figure('loss', lossText),
    figure('accuracy', (share) => formatPercent(share, 1)),
  ];
  if (figures.every((each) => each === null))
    return html`<h2>Curves</h2>
      <p>No curves are kept in the folder.</p> `;
  return html`<h2>Curves</h2>
    <p class="legend">
      <span class="training">training</span>${
        isValidated && html`<span class="validation">validation</span>`
      }
    </p>
    ${figures}`;
}

function evaluationSection({ evaluation, classNames }: ReportData): Markup {
  if (!evaluation)
    return html`<h2>Evaluation</h2>
      <p>No evaluation is recorded up to this checkpoint.</p> `;
  const { part, step, score } = evaluation;
  return html`<h2>Evaluation</h2>
    <p>
      ${part === 'test' ? 'Test' : 'Validation'} at step ${formatCount(step)}: accuracy
      ${formatPercent(score.accuracy, 2)}, loss ${lossText(score.loss)}.
    </p>
    ${evaluationTables(evaluation, classNames)}`;
}

function filtersSection({ filters }: ReportData): Content {
  if (!filters) return null;
  const { pictures, left } = filterPictures(filters);
  const [height, width] = filters.shape;
  const scale =
    filters.shape[2] === 3
      ? 'as the colours that each looks for'
      : 'blue below zero, orange above, one scale for all';
  return html`<h2>Filters of the first layer</h2>
    <figure>
      ${pictures}
      <figcaption>
        ${pictures.length} filters of ${height}×${width},
        ${scale}${left > 0 && `; ${formatCount(left)} more are left out`}.
      </figcaption>
    </figure> `;
}

function eventsSection({ events }: ReportData): Content {
  if (events.length === 0) return null;
  const rows = events.map(
    ({ step, what }) =>
      html`<tr>
        <td class="number">${formatCount(step)}</td>
        <td>${what}</td>
      </tr> `,
  );
  return html`<h2>What happened on the way</h2>
    ${tableOf('After so many steps', ['Step', 'What'], rows, [1])}`;
}

function checkpointsSection({ checkpoints }: ReportData): Content {
  if (checkpoints.length === 0) return null;
  const rows = checkpoints.map(
    ({ name, step, epoch, validationLoss, bytes, isBest, pinned, fingerprint }) =>
      html`<tr>
        <th scope="row">${name}${isBest && ' (best)'}${pinned && ' (pinned)'}</th>
        <td class="number">${formatCount(step)}</td>
        <td class="number">${formatCount(epoch)}</td>
        <td class="number">${validationLoss === null ? '–' : lossText(validationLoss)}</td>
        <td class="number">${formatBytes(bytes)}</td>
        <td>${fingerprint === null ? '–' : html`<code>${fingerprint}</code>`}</td>
      </tr> `,
  );
  const head = ['Name', 'Step', 'Epoch', 'Validation loss', 'Size', 'Fingerprint'];
  return html`<h2>Checkpoints</h2>
    ${tableOf('In the folder, the newest first', head, rows, [0, 5])}`;
}

function provenanceSection(data: ReportData): Markup {
  const { checkpoint, versions } = data;
  const facts: [string, Content][] = [
    ['Fingerprint', checkpoint.fingerprint && html`<code>${checkpoint.fingerprint}</code>`],
    ['Data (SHA-256)', html`<code>${data.datasetHash}</code>`],
    ['Seed', String(data.config.training.seed)],
    ['Device', data.device],
    ['Computed in', data.precision],
    ['TensorFlow', data.tensorFlow],
    ['Firstlayer', versions?.app ?? null],
    ['Node', versions?.node ?? null],
  ];
  const rows = facts
    .filter(([, value]) => value !== null)
    .map(
      ([name, value]) =>
        html`<tr>
          <th scope="row">${name}</th>
          <td>${value}</td>
        </tr> `,
    );
  return html`<h2>To repeat it</h2>
    <div class="wide short">
      <table>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    <p class="muted">
      The fingerprint is the SHA-256 of all variables. On the same device, with the same TensorFlow
      and the same data, the same run has the same one: Firstlayer’s “Prove” trains it once more and
      compares.
    </p> `;
}
