import { DT } from '../setup/elf.mjs';

/** A shared library's new table of names. */
export class NameTable {
  /** @type {Map<string, number>} */
  #offsets = new Map([['', 0]]);
  /** In bytes. */
  length = 1;

  /** Where a name is; it is added at its first use. @param {string} name in Latin-1 @returns {number} */
  add(name) {
    const known = this.#offsets.get(name);
    if (known !== undefined) return known;
    const offset = this.length;
    this.#offsets.set(name, offset);
    this.length += name.length + 1;
    return offset;
  }

  toBuffer() {
    return Buffer.from([...this.#offsets.keys()].map((name) => `${name}\0`).join(''), 'latin1');
  }
}

/** Tables of versions: entries that are chained, each with a chain of its own. Numbers are bytes from an entry's beginning. */
const layouts = new Map([
  [DT.verDef, { count: 6, aux: 12, next: 16, own: [], name: 0, nextAux: 4, auxSize: 8 }],
  [DT.verNeed, { count: 2, aux: 8, next: 12, own: [4], name: 8, nextAux: 12, auxSize: 16 }],
]);

/**
 * A copy of a table of versions, which takes its names from another table of names.
 * @param {import('../setup/elf.mjs').Elf} library
 * @param {number} tag
 * @param {NameTable} names
 * @returns {Buffer} empty if it has no such table
 */
export function versionTable(library, tag, names) {
  const start = library.table(tag);
  const layout = layouts.get(tag);
  if (start < 0 || !layout) return Buffer.alloc(0);
  const { bytes } = library;
  /** @type {number[]} */
  const places = [];
  let end = start;
  for (let entry = start, step = -1; step !== 0; entry += step) {
    places.push(...layout.own.map((field) => entry + field));
    let aux = entry + bytes.readUInt32LE(entry + layout.aux);
    for (let k = 0; k < bytes.readUInt16LE(entry + layout.count); k++) {
      places.push(aux + layout.name);
      end = Math.max(end, aux + layout.auxSize);
      aux += bytes.readUInt32LE(aux + layout.nextAux);
    }
    step = bytes.readUInt32LE(entry + layout.next);
  }
  const copy = Buffer.from(bytes.subarray(start, end));
  for (const place of places)
    copy.writeUInt32LE(names.add(library.text(bytes.readUInt32LE(place))), place - start);
  return copy;
}
