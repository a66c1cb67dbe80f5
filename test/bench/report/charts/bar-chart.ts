import { median } from '../../statistics.ts';
import { whole } from '../table.ts';
import { drawing, path, round, text, ticks, type Chart } from './svg.ts';

export interface Bar {
  name: string;
  /** The bar is their median; a mark goes from the least to the most. */
  values: readonly number[];
  /** From 0 to 4. */
  color: number;
}

const WIDTH = 860;
const NAMES = 320;
const VALUES = 70;
const TOP = 50;
const ROW = 30;
const BAR = 18;

/**
 * Lying bars, a row each.
 * @param unit of the values
 */
export function barChart(title: string, unit: string, bars: readonly Bar[]): Chart {
  const scale = ticks(Math.max(...bars.flatMap(({ values }) => values)));
  const most = scale.at(-1) ?? 1;
  const x = (value: number): number => NAMES + (value / most) * (WIDTH - NAMES - VALUES);
  const bottom = TOP + bars.length * ROW;
  const grid = scale.flatMap((value) => [
    path([[x(value), TOP - 4], [x(value), bottom]], 'grid'), // prettier-ignore
    text(x(value), bottom + 18, whole(value), { anchor: 'middle', class: 'faint' }),
  ]);
  const rows = bars.flatMap(({ name, values, color }, k) => {
    const middle = TOP + (k + 0.5) * ROW;
    const end = x(median(values));
    const [least, greatest] = [x(Math.min(...values)), x(Math.max(...values))];
    return [
      text(NAMES - 10, middle + 4.5, name, { anchor: 'end' }),
      `<rect class="bar c${color}" x="${NAMES}" y="${round(middle - BAR / 2)}" width="${round(end - NAMES)}" height="${BAR}" rx="2"/>`,
      path([[least, middle], [greatest, middle]], 'mark'), // prettier-ignore
      text(Math.max(end, greatest) + 8, middle + 4.5, whole(median(values))),
    ];
  });
  const said = bars.map(({ name, values }) => `${name}: ${whole(median(values))}`).join('; ');
  return drawing(WIDTH, bottom + 52, title, `${unit}. ${said}.`, [
    ...grid,
    ...rows,
    text((NAMES + WIDTH - VALUES) / 2, bottom + 40, `${unit}; marks: min to max`, {
      anchor: 'middle',
      class: 'faint',
    }),
  ]);
}
