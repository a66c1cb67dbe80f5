import type { Plane } from '../../shared/convolve.ts';

/** How a digit is drawn: ink on paper, in the tokens' colours of each theme. */
const inks = {
  light: { ink: [26, 29, 35], paper: [255, 255, 255] },
  dark: { ink: [242, 243, 245], paper: [18, 20, 25] },
} as const;

/** The colour of one pixel's brightness, 0 to 1: bright pixels are ink. */
export function inkColor(value: number, isDark: boolean): readonly [number, number, number] {
  const { ink, paper } = inks[isDark ? 'dark' : 'light'];
  const mix = (k: 0 | 1 | 2): number => Math.round(paper[k] + (ink[k] - paper[k]) * value);
  return [mix(0), mix(1), mix(2)];
}

/** RGBA bytes of a plane of brightness, row by row. */
export function paintDigit({ values }: Plane, isDark: boolean): Uint8ClampedArray<ArrayBuffer> {
  const bytes = new Uint8ClampedArray(values.length * 4);
  values.forEach((value, at) => bytes.set([...inkColor(value, isDark), 255], at * 4));
  return bytes;
}
