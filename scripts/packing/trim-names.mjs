import { DT, EHDR_SIZE, PHDR_SIZE, PT, word } from '../setup/elf.mjs';
import { gnuHashTable, inHashOrder } from './gnu-hash.mjs';
import { NameTable, versionTable } from './name-table.mjs';
import { asRelative, needsNoName, readRelocations, relocationTable } from './relocations.mjs';

/**
 * Removes from a shared library the names that it lends to others and that none of them knows: a seventh of TensorFlow is names of C++
 * functions that only itself calls. Each such call is tied to its function, as the linker's -Bsymbolic would have done. No byte of the
 * code changes, and the loader, which has half a million names less to look up, is done sooner.
 */

/** @typedef {import('../setup/elf.mjs').Elf} Elf */
/** @typedef {import('../setup/elf.mjs').Symbol} Symbol */

const PAGE = 4096;
const LOCAL = 0;
const UNIQUE = 10;
const OBJECT = 1;
const FUNCTION = 2;
/** From this number on, a symbol's section has a special meaning. */
const SPECIAL_SECTIONS = 0xff00;

/** @param {number} value @param {number} unit */
const roundedUp = (value, unit) => Math.ceil(value / unit) * unit;

/**
 * Whether the library could keep the name to itself. Only C++ names are: any other, somebody may look up.
 * @param {Symbol} symbol
 * @param {ReadonlySet<string>} known names that other libraries use or have, too
 */
const isPrivate = ({ name, bind, type, section }, known) =>
  name.startsWith('_Z') &&
  section > 0 &&
  section < SPECIAL_SECTIONS &&
  bind !== LOCAL &&
  bind !== UNIQUE &&
  (type === OBJECT || type === FUNCTION) &&
  !known.has(name);

/** Where what is kept as it is begins: the page of the first relocation. @param {Elf} library */
function bodyOf(library) {
  const rela = library.value(DT.rela) ?? 0;
  return rela - (rela % PAGE);
}

/** Notes stand among the tables, and nobody needs them. @param {import('../setup/elf.mjs').Segment} segment */
const isNote = ({ type }) => type === PT.note || type === PT.property;

/** Whether it is laid out as linkers usually do it: tables of names, then relocations, then all else. @param {Elf} library */
function isUsual(library) {
  const first = library.segments.find(({ type }) => type === PT.load);
  const tables = [DT.symTab, DT.strTab, DT.gnuHash, DT.verSym];
  const afterRela = (library.value(DT.rela) ?? 0) + (library.value(DT.relaSize) ?? 0);
  const isAside = (/** @type {import('../setup/elf.mjs').Segment} */ { type, fileSize }) =>
    type === PT.phdr || fileSize === 0;
  return (
    word(library.bytes, 32) === EHDR_SIZE &&
    first?.address === 0 &&
    first.offset === 0 &&
    bodyOf(library) < first.fileSize &&
    library.value(DT.jmpRel) === afterRela &&
    tables.every((tag) => library.table(tag) > 0) &&
    library.segments.every(
      (each) => each === first || isNote(each) || isAside(each) || each.offset >= bodyOf(library),
    )
  );
}

/**
 * @param {Elf} library
 * @param {ReadonlySet<string>} known names that other libraries use or have, too
 * @returns {Buffer | null} the smaller library; null if it is laid out in an unusual way
 */
export function trimNames(library, known) {
  if (!isUsual(library)) return null;
  const symbols = library.symbols();
  const relocations = readRelocations(library);
  const gone = symbols.map((symbol) => isPrivate(symbol, known));
  for (const { symbol, type } of relocations) if (!needsNoName(type)) gone[symbol] = false;

  const kept = symbols.filter((_, index) => !gone[index]);
  const isLent = (/** @type {Symbol} */ { section, bind }) => section > 0 && bind !== LOCAL;
  const lent = inHashOrder(kept.filter(isLent));
  const others = kept.filter((symbol) => !isLent(symbol));
  const order = [...others, ...lent];
  const places = new Map(order.map((symbol, place) => [symbol, place]));
  const relocated = relocations.map((relocation) => {
    const symbol = symbols[relocation.symbol];
    if (!symbol || relocation.symbol === 0) return relocation;
    if (gone[relocation.symbol]) return asRelative(relocation, symbol.value);
    return { ...relocation, symbol: places.get(symbol) ?? 0 };
  });

  const names = new NameTable();
  const symTab = order.map(({ name, bytes }) => {
    const entry = Buffer.from(bytes);
    entry.writeUInt32LE(names.add(name), 0);
    return entry;
  });
  const verSym = Buffer.alloc(order.length * 2);
  for (const [place, { version }] of order.entries()) verSym.writeUInt16LE(version, place * 2);
  const tables = new Map([
    [DT.symTab, Buffer.concat(symTab)],
    [DT.verSym, verSym],
    [DT.verDef, versionTable(library, DT.verDef, names)],
    [DT.verNeed, versionTable(library, DT.verNeed, names)],
    [
      DT.gnuHash,
      gnuHashTable(
        lent.map(({ name }) => name),
        others.length,
      ),
    ],
  ]);
  const values = new Map(
    library.dynamic
      .filter(({ tag }) => [DT.needed, DT.soName, DT.rpath, DT.runPath].includes(tag))
      .map(({ at, value }) => [at, names.add(library.text(value))]),
  );
  tables.set(DT.strTab, names.toBuffer());
  return assembled(library, tables, relocationTable(relocated), values);
}

/**
 * @param {Elf} library
 * @param {ReadonlyMap<number, Buffer>} tables by their tag
 * @param {ReturnType<typeof relocationTable>} relocations
 * @param {Map<number, number>} values of the dynamic section, by their place in the old file
 */
function assembled(library, tables, relocations, values) {
  const body = bodyOf(library);
  const first = library.segments.findIndex(({ type }) => type === PT.load);
  const segments = library.segments.map((segment) =>
    isNote(segment) && segment.offset < body ? { ...segment, type: PT.none } : segment,
  );

  let size = EHDR_SIZE + PHDR_SIZE * (segments.length + 1);
  const tableAt = new Map(
    [...tables].map(([tag, { length }]) => {
      const at = roundedUp(size, 8);
      size = at + length;
      return [tag, at];
    }),
  );
  const bodyAt = roundedUp(size, PAGE);
  const shift = body - bodyAt;
  const end = Math.max(...segments.map(({ offset, fileSize }) => offset + fileSize));
  const result = Buffer.alloc(end - shift);
  library.bytes.copy(result, 0, 0, EHDR_SIZE);
  library.bytes.copy(result, bodyAt, body, end);
  for (const [tag, bytes] of tables) bytes.copy(result, tableAt.get(tag));
  relocations.bytes.copy(result, library.table(DT.rela) - shift);

  const whole = segments[first];
  if (!whole) throw new Error('A library without a segment.');
  const placed = segments.flatMap((segment) => {
    if (segment === whole)
      return [
        { ...segment, fileSize: size, memorySize: size },
        {
          ...segment,
          offset: bodyAt,
          address: body,
          fileSize: segment.fileSize - body,
          memorySize: segment.memorySize - body,
        },
      ];
    if (segment.type === PT.phdr) {
      const bytes = segment.fileSize + PHDR_SIZE;
      return [{ ...segment, fileSize: bytes, memorySize: bytes }];
    }
    return [segment.offset < body ? segment : { ...segment, offset: segment.offset - shift }];
  });
  for (const [k, segment] of placed.entries())
    writeSegment(result, EHDR_SIZE + k * PHDR_SIZE, segment);
  result.writeUInt16LE(placed.length, 56);
  // A table of sections would have to be made anew, and only tools read it.
  result.writeBigUInt64LE(0n, 40);
  result.writeUInt16LE(0, 60);
  result.writeUInt16LE(0, 62);

  const changed = new Map([
    ...tableAt,
    [DT.strSize, tables.get(DT.strTab)?.length ?? 0],
    [DT.relaSize, relocations.bytes.length],
    [DT.relaCount, relocations.relatives],
    [DT.jmpRel, (library.value(DT.rela) ?? 0) + relocations.bytes.length],
    [DT.pltRelSize, 0],
  ]);
  for (const { tag, at } of library.dynamic) {
    const value = values.get(at) ?? changed.get(tag);
    if (value !== undefined) result.writeBigUInt64LE(BigInt(value), at - shift + 8);
  }
  return result;
}

/** @param {Buffer} bytes @param {number} at @param {import('../setup/elf.mjs').Segment} segment */
function writeSegment(bytes, at, { type, flags, offset, address, fileSize, memorySize, align }) {
  bytes.writeUInt32LE(type, at);
  bytes.writeUInt32LE(flags, at + 4);
  for (const [k, value] of [offset, address, address, fileSize, memorySize, align].entries())
    bytes.writeBigUInt64LE(BigInt(value), at + 8 + k * 8);
}
