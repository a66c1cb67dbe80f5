import { parseJson } from './json.mjs';

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

/**
 * The files that lie in an Electron archive, by their paths, with `/` between folders; not those that lie beside it.
 * @param {Buffer} bytes of the archive
 * @returns {Map<string, Buffer>}
 */
export function archived(bytes) {
  /** @typedef {{ files?: Record<string, Entry>, offset?: string, size?: number }} Entry */
  const header = /** @type {Entry} */ (
    parseJson(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12)))
  );
  const start = 8 + bytes.readUInt32LE(4);
  /** @type {Map<string, Buffer>} */
  const found = new Map();
  /** @param {Entry} entry @param {string} path */
  const add = ({ files, offset, size = 0 }, path) => {
    for (const [name, each] of Object.entries(files ?? {})) add(each, `${path}/${name}`);
    if (offset === undefined) return;
    const at = start + Number(offset);
    found.set(path.slice(1), bytes.subarray(at, at + size));
  };
  add(header, '');
  return found;
}
