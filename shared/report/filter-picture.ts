import { colorAt, lightScale, type Rgb } from '../diverging-scale.ts';
import { html, type Markup } from './markup.ts';
import type { ReportData } from './report-data.ts';

type Filters = NonNullable<ReportData['filters']>;

/** Cells of all filters together, so that a page with large kernels stays small. */
const MOST_CELLS = 8_000;
/** Pixels of one filter's side. */
const SIDE = 48;

/**
 * The first convolution's filters, each a picture of its weights on one scale: a grey image's from minus (blue) over zero to plus
 * (orange), a colour image's as the colours that it looks for, zero in grey.
 */
export function filterPictures({ shape, values }: Filters): { pictures: Markup[]; left: number } {
  const [height, width, channels, filters] = shape;
  const limit = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const shown = Math.min(filters, Math.max(1, Math.floor(MOST_CELLS / (height * width))));
  const share = (place: number, channel: number, filter: number): number =>
    limit === 0 ? 0 : (values[(place * channels + channel) * filters + filter] ?? 0) / limit;
  const colour = (place: number, filter: number): string => {
    const byte = (channel: number): number =>
      Math.round(127.5 + share(place, channel, filter) * 127.5);
    return hexOf(
      channels === 3
        ? [byte(0), byte(1), byte(2)]
        : colorAt(
            lightScale,
            meanOf(channels, (channel) => share(place, channel, filter)),
          ),
    );
  };
  const cell = SIDE / Math.max(height, width);
  const pictures = Array.from({ length: shown }, (_, filter) => {
    const cells = Array.from({ length: height * width }, (__, place) => {
      const [row, column] = [Math.floor(place / width), place % width];
      const at = (index: number): number => Math.round(index * cell * 100) / 100;
      return html`<rect
        x="${at(column)}"
        y="${at(row)}"
        width="${at(1)}"
        height="${at(1)}"
        fill="${colour(place, filter)}"
      />`;
    });
    return html`<svg
      class="filter"
      viewBox="0 0 ${SIDE} ${SIDE}"
      role="img"
      aria-label="Filter ${filter + 1}"
      shape-rendering="crispEdges"
    >
      ${cells}
    </svg> `;
  });
  return { pictures, left: filters - shown };
}

const meanOf = (count: number, of: (k: number) => number): number =>
  Array.from({ length: count }, (_, k) => of(k)).reduce((a, b) => a + b, 0) / count;

const hexOf = (colour: Rgb): string =>
  `#${colour.map((part) => Math.max(0, Math.min(255, part)).toString(16).padStart(2, '0')).join('')}`;
