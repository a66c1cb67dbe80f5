import { formatNumber, formatScientific } from '../../shared/format.ts';
import { slide, type Slide } from '../../shared/sliding.ts';

/** A kernel, its steps and the zeros around the image, as a person tries them on one axis. */
export interface TriedSetting {
  size: number;
  stride: number;
  /** Before and after the image. */
  zeros: readonly [number, number];
}

/** What came of it. */
export interface TriedOutput extends TriedSetting {
  slide: Slide;
  /** (input − kernel + zeros) / stride + 1, which need not be whole. */
  places: number;
  /** Whole, and at least one. */
  fits: boolean;
}

/** By the formula alone: a size with a rest does not fit, though TensorFlow would leave the last rows out. */
export function tryOutput(input: number, setting: TriedSetting): TriedOutput {
  const { size, stride, zeros } = setting;
  const places = (input - size + zeros[0] + zeros[1]) / stride + 1;
  const fits = Number.isInteger(places) && places >= 1;
  return { ...setting, slide: slide(input, size, stride, zeros), places, fits };
}

export const isSameSetting = (a: TriedSetting, b: TriedSetting): boolean =>
  a.size === b.size &&
  a.stride === b.stride &&
  a.zeros[0] === b.zeros[0] &&
  a.zeros[1] === b.zeros[1];

/** 28, 14.5, 9.33 */
export const placesText = (places: number): string => formatNumber(Number(places.toFixed(2)));

/** How far two numbers are apart, in words: `equal to 3.2·10⁻⁸`. */
export function apartText(a: number, b: number): string {
  const apart = Math.abs(a - b);
  return `equal to ${apart === 0 ? 'the last bit' : formatScientific(apart)}`;
}
