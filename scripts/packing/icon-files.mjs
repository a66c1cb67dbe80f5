/** Files that hold an icon in several sizes, each of them a PNG picture. */

/**
 * For Windows: https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10)
 * @param {readonly { size: number, png: Buffer }[]} pictures up to 256 pixels
 */
export function ico(pictures) {
  const HEADER = 6;
  const ENTRY = 16;
  const head = Buffer.alloc(HEADER + ENTRY * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [k, { size, png }] of pictures.entries()) {
    const at = HEADER + k * ENTRY;
    // 0 stands for 256.
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

/**
 * For macOS: https://en.wikipedia.org/wiki/Apple_Icon_Image_format
 * @param {readonly { kind: string, png: Buffer }[]} pictures
 */
export function icns(pictures) {
  const parts = pictures.map(({ kind, png }) => Buffer.concat([block(kind, png.length), png]));
  const all = Buffer.concat(parts);
  return Buffer.concat([block('icns', all.length), all]);
}

/** @param {string} name of four letters @param {number} length of what follows */
function block(name, length) {
  const head = Buffer.alloc(8, name, 'latin1');
  head.writeUInt32BE(length + 8, 4);
  return head;
}
