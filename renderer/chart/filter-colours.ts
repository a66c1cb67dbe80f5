import { colorAt, type Scale } from '../../shared/diverging-scale.ts';
import type { Kernel } from './filters.ts';

/** How filters that see colours are drawn: as one picture in colour, or each plane by itself with the signed colours. */
export const filterLooks = ['colour', 'planes'] as const;
export type FilterLook = (typeof filterLooks)[number];

/** A kernel with a plane for red, green and blue: such a one has a colour. */
export const hasColour = ({ planes }: Kernel): boolean => planes.length === 3;

/** How much of its colour a plane's weight gives: mid grey is 0, so that a filter without a liking for any colour is grey. */
export const brightnessScale: Scale = [
  [0, 0, 0],
  [128, 128, 128],
  [255, 255, 255],
];

/** What a plane sees; empty where there is one alone. */
export function planeName({ planes }: Kernel, plane: number): string {
  if (planes.length === 1) return '';
  return (planes.length === 3 ? ['Red', 'Green', 'Blue'][plane] : null) ?? `Channel ${plane + 1}`;
}

/**
 * RGBA bytes of a kernel of three planes, row by row, its weights as red, green and blue.
 * @param limit the weight, sign aside, that is all or none of a colour: one for all filters
 */
export function paintColour(
  { planes, height, width }: Kernel,
  limit: number,
): Uint8ClampedArray<ArrayBuffer> {
  const bytes = new Uint8ClampedArray(height * width * 4).fill(255);
  planes.forEach((plane, channel) => {
    plane.forEach((weight, place) => {
      const [brightness] = colorAt(brightnessScale, limit > 0 ? weight / limit : 0);
      bytes[place * 4 + channel] = brightness;
    });
  });
  return bytes;
}
