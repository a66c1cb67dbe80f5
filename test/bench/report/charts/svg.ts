import { escapeMarkup } from '../../../../shared/escape-markup.ts';

/** What the charts have in common: one look, readable on light and dark, and text that stays text. */

const style = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328 }
  .title { font-weight: 600; font-size: 15px }
  .faint { fill: #59636e }
  .paper { fill: #ffffff }
  .grid { stroke: #d1d9e0 }
  .mark { stroke: #1f2328 }
  .line { fill: none; stroke-width: 2 }
  .c0 { --c: #0a58ca } .c1 { --c: #b3400a } .c2 { --c: #6e7781 } .c3 { --c: #7a3ea1 } .c4 { --c: #19733f }
  .bar, .dot, .name { fill: var(--c) }
  .line { stroke: var(--c) }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc }
    .faint { fill: #9198a1 }
    .paper { fill: #0d1117 }
    .grid { stroke: #3d444d }
    .mark { stroke: #f0f6fc }
    .c0 { --c: #6cb0ff } .c1 { --c: #ff9a5c } .c2 { --c: #9198a1 } .c3 { --c: #cf9cf2 } .c4 { --c: #5fd08a }
  }
`;

export interface TextOptions {
  anchor?: 'start' | 'middle' | 'end';
  class?: string;
}

/** @param y its baseline */
export const text = (x: number, y: number, content: string, options: TextOptions = {}): string =>
  `<text x="${round(x)}" y="${round(y)}" text-anchor="${options.anchor ?? 'start'}" class="${options.class ?? ''}">${escapeMarkup(content)}</text>`;

/** A line from place to place. */
export const path = (points: readonly (readonly [number, number])[], className: string): string =>
  `<path class="${className}" d="M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}"/>`;

export const round = (value: number): number => Math.round(value * 10) / 10;

/** A whole drawing. */
export interface Chart {
  title: string;
  svg: string;
}

/** @param description what it shows, for those who do not see it */
export const drawing = (
  width: number,
  height: number,
  title: string,
  description: string,
  body: readonly string[],
): Chart => ({
  title,
  svg: [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escapeMarkup(title)}</title>`,
    `<desc id="description">${escapeMarkup(description)}</desc>`,
    `<style>${style}</style>`,
    `<rect class="paper" width="${width}" height="${height}" rx="8"/>`,
    text(20, 30, title, { class: 'title' }),
    ...body,
    '</svg>\n',
  ].join('\n'),
});

/** Round numbers from 0 to at least `most`, four to eight of them. */
export function ticks(most: number): number[] {
  const rough = 10 ** Math.floor(Math.log10(most / 4));
  const step = [1, 2, 2.5, 5, 10].map((k) => k * rough).find((s) => most / s <= 6) ?? rough * 10;
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, k) => k * step);
}
