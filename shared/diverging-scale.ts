/** Signed colours: one hue for minus, another for plus, the panel's neutral at zero. Told apart with any colour vision. */

export type Rgb = readonly [red: number, green: number, blue: number];

/** From −1 to +1 in equal steps. */
export type Scale = readonly Rgb[];

export const lightScale: Scale = [
  [5, 63, 128],
  [67, 147, 195],
  [247, 247, 247],
  [240, 140, 50],
  [140, 52, 4],
];

export const darkScale: Scale = [
  [150, 205, 255],
  [48, 118, 190],
  [38, 41, 48],
  [196, 98, 20],
  [255, 202, 130],
];

/** The colour of a share of the limit, −1 to 1; beyond is held at the ends. */
export function colorAt(scale: Scale, share: number): Rgb {
  const place = ((Math.max(-1, Math.min(1, share)) + 1) / 2) * (scale.length - 1);
  const index = Math.min(Math.floor(place), scale.length - 2);
  const from = scale[index];
  const to = scale[index + 1];
  if (!from || !to) throw new Error('A scale needs two colours.');
  const part = place - index;
  const mix = (a: number, b: number): number => Math.round(a + (b - a) * part);
  return [mix(from[0], to[0]), mix(from[1], to[1]), mix(from[2], to[2])];
}

/** RGBA bytes of values, row by row, coloured symmetrically about zero up to `limit`. */
export function paintValues(
  values: ArrayLike<number>,
  limit: number,
  scale: Scale,
): Uint8ClampedArray<ArrayBuffer> {
  const bytes = new Uint8ClampedArray(values.length * 4);
  for (let index = 0; index < values.length; index++) {
    const share = limit > 0 ? (values[index] ?? 0) / limit : 0;
    bytes.set([...colorAt(scale, share), 255], index * 4);
  }
  return bytes;
}
