import type { Met } from '../../../shared/convolve.ts';
import { colorAt, type Rgb, type Scale } from '../../../shared/diverging-scale.ts';
import { formatFixed, formatSigned } from '../../../shared/format.ts';
import { inkOn } from '../../chart/ink-on.ts';
import { inkColor } from '../../drawing/paint-digit.ts';

/** Numbers on their colours, for `NumberCells.svelte`. */
export interface Cell {
  text: string;
  ground: string;
  ink: string;
  mark?: boolean;
}

/** Small weights need a digit more. */
const digitsFor = (limit: number): number => (limit >= 0.1 ? 2 : 3);

const cell = (text: string, color: Rgb): Cell => ({
  text,
  ground: `rgb(${color.join(' ')})`,
  ink: inkOn(color),
});

export const signedCell = (value: number, limit: number, scale: Scale): Cell => {
  const digits = digitsFor(limit);
  // What rounds to nothing has no sign.
  const rounded = Math.abs(value) < 0.5 * 10 ** -digits ? 0 : value;
  return cell(formatSigned(rounded, digits), colorAt(scale, limit > 0 ? value / limit : 0));
};

/** A pixel as ink; a zero around the image is marked. */
export const pixelCell = ({ pixel, isOutside }: Met, isDark: boolean): Cell => ({
  ...cell(formatFixed(pixel, 2), inkColor(pixel, isDark)),
  mark: isOutside,
});
