import { DT, word } from '../setup/elf.mjs';

/** The places in a library that the loader fills with addresses. */

const SIZE = 24;
const R = { address: 1, data: 6, call: 7, relative: 8 };
/** @typedef {{ at: number, type: number, symbol: number, addend: number }} Relocation symbol: number in the table; 0 is none */

/** Kinds that need no symbol if the library itself has what is meant: then only where the library lies is added. */
export const needsNoName = (/** @type {number} */ type) =>
  type === R.address || type === R.data || type === R.call;

/** @param {import('../setup/elf.mjs').Elf} library @returns {Relocation[]} those of calls last */
export function readRelocations(library) {
  const { bytes } = library;
  const start = library.table(DT.rela);
  const size = (library.value(DT.relaSize) ?? 0) + (library.value(DT.pltRelSize) ?? 0);
  return Array.from({ length: size / SIZE }, (_, k) => {
    const at = start + k * SIZE;
    return {
      at: word(bytes, at),
      type: bytes.readUInt32LE(at + 8),
      symbol: bytes.readUInt32LE(at + 12),
      addend: Number(bytes.readBigInt64LE(at + 16)),
    };
  });
}

/** The same with what is in the library itself. @param {Relocation} relocation @param {number} address of what is meant @returns {Relocation} */
export const asRelative = ({ at, addend }, address) => ({
  at,
  type: R.relative,
  symbol: 0,
  addend: address + addend,
});

/**
 * The table as the loader expects it: first those without a symbol, in the order of memory. Calls are among the others and so are bound
 * when the library is loaded: to be bound at their first use, each would have to keep its place, which the code names by number.
 * @param {readonly Relocation[]} relocations
 * @returns {{ bytes: Buffer, relatives: number }} with the number of those without a symbol
 */
export function relocationTable(relocations) {
  const relatives = relocations
    .filter(({ type }) => type === R.relative)
    .sort((a, b) => a.at - b.at);
  const others = relocations.filter(({ type }) => type !== R.relative);
  const bytes = Buffer.alloc(relocations.length * SIZE);
  for (const [k, { at, type, symbol, addend }] of [...relatives, ...others].entries()) {
    bytes.writeBigUInt64LE(BigInt(at), k * SIZE);
    bytes.writeUInt32LE(type === R.call ? R.data : type, k * SIZE + 8);
    bytes.writeUInt32LE(symbol, k * SIZE + 12);
    bytes.writeBigInt64LE(BigInt(addend), k * SIZE + 16);
  }
  return { bytes, relatives: relatives.length };
}
