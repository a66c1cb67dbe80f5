/**
 * Makes an Electron archive of a few files: sizes and a JSON header in Chromium's "pickle" form, then the files.
 * https://github.com/electron/asar#format
 * @param {Record<string, Buffer>} files
 */
export function archive(files) {
  /** @type {Record<string, { size: number, offset: string }>} */
  const header = {};
  let offset = 0;
  for (const [name, data] of Object.entries(files)) {
    header[name] = { size: data.length, offset: String(offset) };
    offset += data.length;
  }
  const text = Buffer.from(JSON.stringify({ files: header }));
  const padded = Math.ceil(text.length / 4) * 4;
  const sizes = Buffer.alloc(16);
  sizes.writeUInt32LE(4, 0);
  sizes.writeUInt32LE(padded + 8, 4);
  sizes.writeUInt32LE(padded + 4, 8);
  sizes.writeUInt32LE(text.length, 12);
  return Buffer.concat([sizes, text, Buffer.alloc(padded - text.length), ...Object.values(files)]);
}
