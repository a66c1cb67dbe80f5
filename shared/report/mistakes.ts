import { formatCount, formatPercent } from '../format.ts';
import { html, type Markup } from './markup.ts';
import type { FoundMistakes } from './mistakes-data.ts';
import { lossText } from './numbers.ts';
import type { ReportData } from './report-data.ts';

/** A smaller share would be told as none. */
const LEAST_TOLD = 0.0005;

/** The images with the highest losses, or why there are none. */
export function mistakesSection({ mistakes }: ReportData): Markup {
  if (mistakes?.state === 'found')
    return html`<h2>Mistakes</h2>
      ${foundMistakes(mistakes)}`;
  const why = mistakes === null ? 'they were not looked for.' : mistakes.why;
  return html`<h2>Mistakes</h2>
    <p class="muted">The images that it reads wrong are not part of this report: ${why}</p> `;
}

function foundMistakes({ part, images, wrong, worst, findings }: FoundMistakes): Markup {
  const shown = worst.length === images ? 'All of them' : `The ${worst.length} of highest loss`;
  return html`<p>
      ${formatCount(wrong)} of ${formatCount(images)} ${part} images are read wrong
      (${formatPercent(wrong / Math.max(images, 1), 2)}). ${shown}, with what each is, what it was
      taken for and how probable the network thought that:
    </p>
    ${findings.map((finding) => html`<p class="muted">${finding}</p>`)}
    <div class="mistakes">${worst.map(mistakeFigure)}</div> `;
}

const mistakeFigure = (mistake: FoundMistakes['worst'][number]): Markup => {
  const { truth, read, isRight, readShare, truthShare, loss, picture } = mistake;
  const head = html`<strong>${truth}${isRight ? ', read right' : ` → ${read}`}</strong>`;
  const shares = isRight
    ? html`${shareText(readShare)}`
    : html`${read}: ${shareText(readShare)}<br />${truth}: ${shareText(truthShare)}`;
  return html`<figure>
    <img src="${picture}" alt="${truth}, read as ${read}" />
    <figcaption>${head}<br />${shares}<br />loss ${lossText(loss)}</figcaption>
  </figure> `;
};

/** A number and its unit on one line. */
const shareText = (share: number): string =>
  (share < LEAST_TOLD ? '< 0.1 %' : formatPercent(share)).replaceAll(' ', '\u00a0');
