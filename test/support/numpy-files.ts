/** NumPy arrays, as its own `save` writes them; checked against files of NumPy. */

const writers = {
  b1: [1, (into, value, at) => into.writeUInt8(value === 0 ? 0 : 1, at)],
  u1: [1, (into, value, at) => into.writeUInt8(value, at)],
  i1: [1, (into, value, at) => into.writeInt8(value, at)],
  u2: [2, (into, value, at) => into.writeUInt16LE(value, at)],
  i2: [2, (into, value, at) => into.writeInt16LE(value, at)],
  u4: [4, (into, value, at) => into.writeUInt32LE(value, at)],
  i4: [4, (into, value, at) => into.writeInt32LE(value, at)],
  u8: [8, (into, value, at) => into.writeBigUInt64LE(BigInt(value), at)],
  i8: [8, (into, value, at) => into.writeBigInt64LE(BigInt(value), at)],
  f2: [2, (into, value, at) => into.writeUInt16LE(halfOf(value), at)],
  f4: [4, (into, value, at) => into.writeFloatLE(value, at)],
  f8: [8, (into, value, at) => into.writeDoubleLE(value, at)],
} as const satisfies Record<string, [number, (into: Buffer, value: number, at: number) => unknown]>;
export type NumpyType = keyof typeof writers;

/** Of numbers from 2^-14 on, and 0; rounded down. */
function halfOf(value: number): number {
  if (value === 0) return 0;
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  const fraction = Math.floor((Math.abs(value) / 2 ** exponent - 1) * 1024);
  return (value < 0 ? 0x8000 : 0) + (exponent + 15) * 1024 + fraction;
}

export interface NumpyForm {
  type?: NumpyType;
  isBigEndian?: boolean;
  isFortran?: boolean;
  version?: 1 | 2 | 3;
}

/** An NPY file whose header is the text, and whose values are the bytes. */
export function npyOf(header: string, values: Uint8Array, version: 1 | 2 | 3 = 1): Buffer {
  const lengthBytes = version === 1 ? 2 : 4;
  const before = 8 + lengthBytes;
  const length = Math.ceil((before + header.length + 1) / 64) * 64 - before;
  const beginning = Buffer.alloc(before);
  beginning.write('\x93NUMPY', 'latin1');
  beginning[6] = version;
  beginning.writeUIntLE(length, 8, lengthBytes);
  return Buffer.concat([beginning, Buffer.from(`${header.padEnd(length - 1)}\n`), values]);
}

/** An array of numbers, which are given with the last axis fastest. */
export function npy(
  shape: readonly number[],
  values: ArrayLike<number>,
  { type = 'u1', isBigEndian = false, isFortran = false, version = 1 }: NumpyForm = {},
): Buffer {
  const [bytes, write] = writers[type];
  const body = Buffer.alloc(values.length * bytes);
  const order = isFortran ? fortranOrder(shape) : Array.from(body.keys());
  for (let k = 0; k < values.length; k++) write(body, values[order[k]!]!, k * bytes);
  if (isBigEndian && bytes === 2) body.swap16();
  if (isBigEndian && bytes === 4) body.swap32();
  if (isBigEndian && bytes === 8) body.swap64();
  const endian = bytes === 1 ? '|' : isBigEndian ? '>' : '<';
  const axes = shape.length === 1 ? `${shape[0]!},` : shape.join(', ');
  const orderText = isFortran ? 'True' : 'False';
  return npyOf(
    `{'descr': '${endian}${type}', 'fortran_order': ${orderText}, 'shape': (${axes}), }`,
    body,
    version,
  );
}

/** For each number of an array whose first axis is fastest, its place where the last is. */
function fortranOrder(shape: readonly number[]): number[] {
  const [size, ...others] = shape;
  if (size === undefined) return [0];
  const within = others.reduce((a, b) => a * b, 1);
  return fortranOrder(others).flatMap((place) =>
    Array.from({ length: size }, (_, k) => k * within + place),
  );
}

/** An array of texts, as wide as the longest. */
export function npyTexts(texts: readonly string[], kind: 'U' | 'S'): Buffer {
  const points = texts.map((text) => Array.from(text, (character) => character.codePointAt(0)!));
  const encoded = points.map((text) =>
    kind === 'S'
      ? Buffer.from(String.fromCodePoint(...text))
      : Buffer.from(Uint32Array.from(text).buffer),
  );
  const width = Math.max(...encoded.map(({ length }) => length));
  const values = Buffer.concat(encoded.map((text) => Buffer.concat([text], width)));
  const descr = kind === 'S' ? `|S${width}` : `<U${width / 4}`;
  return npyOf(
    `{'descr': '${descr}', 'fortran_order': False, 'shape': (${texts.length},), }`,
    values,
  );
}
