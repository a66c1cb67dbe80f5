/**
 * RGBA bytes of an image, row by row.
 * @param pixels bytes, of each pixel its channels: one is a shade of grey, three are red, green and blue
 */
export function paintImage(pixels: Uint8Array, channels: number): Uint8ClampedArray<ArrayBuffer> {
  const bytes = new Uint8ClampedArray((pixels.length / channels) * 4);
  const [green, blue] = channels === 3 ? [1, 2] : [0, 0];
  for (let at = 0, from = 0; at < bytes.length; at += 4, from += channels) {
    bytes[at] = pixels[from] ?? 0;
    bytes[at + 1] = pixels[from + green] ?? 0;
    bytes[at + 2] = pixels[from + blue] ?? 0;
    bytes[at + 3] = 255;
  }
  return bytes;
}
