/** The size that a picture file's header tells, for files that are read here; before anything is decoded, which a huge one would not survive. */
export type PictureHead =
  | { format: 'PNG' | 'JPEG' | 'GIF' | 'BMP'; height: number; width: number }
  /** Its size stands too deep in it. */
  | { format: 'WebP' };

const startsFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** @returns null: it is no picture of a kind that is read here, or its header is cut off */
export function pictureHead(file: ArrayBuffer): PictureHead | null {
  const bytes = new DataView(file);
  const text = (at: number, length: number): string =>
    String.fromCharCode(...new Uint8Array(file.slice(at, at + length)));
  try {
    if (text(1, 3) === 'PNG')
      return { format: 'PNG', width: bytes.getUint32(16), height: bytes.getUint32(20) };
    if (text(0, 3) === 'GIF')
      return { format: 'GIF', width: bytes.getUint16(6, true), height: bytes.getUint16(8, true) };
    if (text(0, 2) === 'BM') return bmpHead(bytes);
    if (text(0, 4) === 'RIFF' && text(8, 4) === 'WEBP') return { format: 'WebP' };
    return bytes.getUint16(0) === 0xffd8 ? jpegHead(bytes) : null;
  } catch (error) {
    // Reading beyond the end.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** A header of 12 bytes, of OS/2, has 16 bits for a side; a height below 0 tells that the first row is the upper one. */
function bmpHead(bytes: DataView): PictureHead {
  const [width, height] =
    bytes.getUint32(14, true) === 12
      ? [bytes.getUint16(18, true), bytes.getUint16(20, true)]
      : [bytes.getInt32(18, true), Math.abs(bytes.getInt32(22, true))];
  return { format: 'BMP', height, width };
}

function jpegHead(bytes: DataView): PictureHead | null {
  let at = 2;
  for (;;) {
    while (bytes.getUint8(at) !== 0xff) at++;
    while (bytes.getUint8(at) === 0xff) at++;
    const marker = bytes.getUint8(at++);
    if (marker <= 1 || (marker >= 0xd0 && marker <= 0xd8)) continue;
    if (startsFrame(marker))
      return { format: 'JPEG', height: bytes.getUint16(at + 3), width: bytes.getUint16(at + 5) };
    at += Math.max(2, bytes.getUint16(at));
  }
}
