/** The given bytes end before the header does: the whole file is cut off, or more of it must be read. */
export class HeaderBeyondError extends Error {
  /** Number of bytes from the file's beginning that are needed at least. */
  readonly needed: number;

  constructor(needed: number) {
    super('is cut off: the file ends before the picture’s header does');
    this.name = 'HeaderBeyondError';
    this.needed = needed;
  }
}

/** The beginning of a file, whose numbers are read by place. Every method throws HeaderBeyondError if the bytes end before that place. */
export class HeaderBytes {
  readonly #bytes: Buffer;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** The bytes from `at` on, without a copy. */
  slice(at: number, length: number): Buffer {
    if (at + length > this.#bytes.length) throw new HeaderBeyondError(at + length);
    return this.#bytes.subarray(at, at + length);
  }

  /** The same bytes as text, one character for each byte. */
  text(at: number, length: number): string {
    return this.slice(at, length).toString('latin1');
  }

  uint8(at: number): number {
    const byte = this.#bytes[at];
    if (byte === undefined) throw new HeaderBeyondError(at + 1);
    return byte;
  }

  uint16BE(at: number): number {
    return this.slice(at, 2).readUInt16BE();
  }

  uint16LE(at: number): number {
    return this.slice(at, 2).readUInt16LE();
  }

  uint32BE(at: number): number {
    return this.slice(at, 4).readUInt32BE();
  }

  uint32LE(at: number): number {
    return this.slice(at, 4).readUInt32LE();
  }

  int32LE(at: number): number {
    return this.slice(at, 4).readInt32LE();
  }
}

/** Whether a colour table, with `step` bytes for each colour, has any colour that is not grey. */
export function hasColourInTable(table: Uint8Array, step: number): boolean {
  for (let at = 0; at + 2 < table.length; at += step)
    if (table[at] !== table[at + 1] || table[at] !== table[at + 2]) return true;
  return false;
}
