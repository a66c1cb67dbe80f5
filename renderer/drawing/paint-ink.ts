/**
 * RGBA bytes of ink that what lies below shows through, row by row.
 * @param ink one value a pixel, 0 for none
 * @param full the value of full ink
 * @param isLight light ink, for dark paper
 */
export function paintInk(
  ink: ArrayLike<number>,
  full: number,
  isLight: boolean,
): Uint8ClampedArray<ArrayBuffer> {
  const shade = isLight ? 255 : 0;
  const bytes = new Uint8ClampedArray(ink.length * 4).fill(shade);
  for (let k = 0; k < ink.length; k++) bytes[4 * k + 3] = ((ink[k] ?? 0) / full) * 255;
  return bytes;
}
