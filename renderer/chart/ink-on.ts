import type { Rgb } from '../../shared/diverging-scale.ts';

/** Black or white, whichever is read better on a colour (relative luminance of WCAG 2). */
export function inkOn(color: Rgb): '#000' | '#fff' {
  const [r = 0, g = 0, b = 0] = color.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  // Contrast with black equals that with white at 0.179.
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? '#000' : '#fff';
}
