import { readFileSync } from 'node:fs';

/** Reads programs and shared libraries for Linux, as https://gabi.xinuos.com and the processor's supplement to it describe them; where not told otherwise for x86-64. */

const MAGIC = 0x464c457f;
const CLASS_64 = 2;
const LITTLE_ENDIAN = 1;
/** What a file says it runs on, by Node's name of it. */
const machines = { x64: 62, arm64: 183 };
export const EHDR_SIZE = 64;
export const PHDR_SIZE = 56;
export const SYMBOL_SIZE = 24;
const DYN_SIZE = 16;
const SHDR_SIZE = 64;
const SHT_DYNSYM = 11;
/** Kinds of segments. */
export const PT = { none: 0, load: 1, dynamic: 2, note: 4, phdr: 6, property: 0x6474e553 };
/** Tags of the dynamic section. */
export const DT = {
  needed: 1,
  pltRelSize: 2,
  strTab: 5,
  symTab: 6,
  rela: 7,
  relaSize: 8,
  strSize: 10,
  soName: 14,
  rpath: 15,
  symbolic: 16,
  jmpRel: 23,
  runPath: 29,
  gnuHash: 0x6ffffef5,
  verSym: 0x6ffffff0,
  relaCount: 0x6ffffff9,
  verDef: 0x6ffffffc,
  verNeed: 0x6ffffffe,
};

/** @typedef {{ type: number, flags: number, offset: number, address: number, fileSize: number, memorySize: number, align: number }} Segment */
/** @typedef {{ name: string, bind: number, type: number, section: number, value: number, version: number, bytes: Buffer }} Symbol */

/** @param {Buffer} bytes @param {number} at */
export const word = (bytes, at) => Number(bytes.readBigUInt64LE(at));

export class Elf {
  /** @param {Buffer} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    const entry = word(bytes, 32);
    /** @type {Segment[]} */
    this.segments = Array.from({ length: bytes.readUInt16LE(56) }, (_, k) => {
      const at = entry + k * PHDR_SIZE;
      return {
        type: bytes.readUInt32LE(at),
        flags: bytes.readUInt32LE(at + 4),
        offset: word(bytes, at + 8),
        address: word(bytes, at + 16),
        fileSize: word(bytes, at + 32),
        memorySize: word(bytes, at + 40),
        align: word(bytes, at + 48),
      };
    });
    const dynamic = this.segments.find(({ type }) => type === PT.dynamic);
    const { offset = 0, fileSize = 0 } = dynamic ?? {};
    /** The dynamic section; `at` is where an entry lies in the file. @type {{ tag: number, value: number, at: number }[]} */
    this.dynamic = [];
    for (let at = offset; at < offset + fileSize && word(bytes, at) !== 0; at += DYN_SIZE)
      this.dynamic.push({ tag: word(bytes, at), value: word(bytes, at + 8), at });
  }

  /**
   * @param {string} file
   * @param {keyof typeof machines} machine that it is for
   * @returns {Elf | null} null if it is of another kind
   */
  static read(file, machine = 'x64') {
    const bytes = readFileSync(file);
    const isElf = bytes.length >= EHDR_SIZE && bytes.readUInt32LE(0) === MAGIC;
    const isOurs = isElf && bytes[4] === CLASS_64 && bytes[5] === LITTLE_ENDIAN;
    return isOurs && bytes.readUInt16LE(18) === machines[machine] ? new Elf(bytes) : null;
  }

  /** Value of a tag of the dynamic section. @param {number} tag */
  value(tag) {
    return this.dynamic.find((entry) => entry.tag === tag)?.value;
  }

  /** Where an address lies in the file. @param {number} address */
  offsetOf(address) {
    const segment = this.segments.find(
      (each) =>
        each.type === PT.load && address >= each.address && address < each.address + each.fileSize,
    );
    if (!segment) throw new RangeError(`Nothing of the file lies at address ${address}.`);
    return address - segment.address + segment.offset;
  }

  /** Where a table lies in the file; -1 if there is none. @param {number} tag */
  table(tag) {
    const address = this.value(tag);
    return address === undefined ? -1 : this.offsetOf(address);
  }

  /** A text of the table of names. @param {number} offset in it */
  text(offset) {
    const start = this.table(DT.strTab) + offset;
    return this.bytes.toString('latin1', start, this.bytes.indexOf(0, start));
  }

  /** File names of the libraries that it is linked with. */
  get needed() {
    return this.dynamic.filter(({ tag }) => tag === DT.needed).map(({ value }) => this.text(value));
  }

  /** Number of dynamic symbols. */
  get symbolCount() {
    const sections = word(this.bytes, 40);
    for (let k = 0; k < this.bytes.readUInt16LE(60); k++) {
      const at = sections + k * SHDR_SIZE;
      if (this.bytes.readUInt32LE(at + 4) === SHT_DYNSYM)
        return word(this.bytes, at + 32) / SYMBOL_SIZE;
    }
    return 0;
  }

  /** The dynamic symbols: what it lends to other libraries, and what it borrows, which has section 0. @returns {Symbol[]} */
  symbols() {
    const { bytes } = this;
    const start = this.table(DT.symTab);
    const names = this.table(DT.strTab);
    const versions = this.table(DT.verSym);
    return Array.from({ length: this.symbolCount }, (_, k) => {
      const at = start + k * SYMBOL_SIZE;
      const name = names + bytes.readUInt32LE(at);
      const info = bytes.readUInt8(at + 4);
      return {
        name: bytes.toString('latin1', name, bytes.indexOf(0, name)),
        bind: info >> 4,
        type: info & 15,
        section: bytes.readUInt16LE(at + 6),
        value: word(bytes, at + 8),
        version: versions < 0 ? 0 : bytes.readUInt16LE(versions + 2 * k),
        bytes: bytes.subarray(at, at + SYMBOL_SIZE),
      };
    });
  }
}
