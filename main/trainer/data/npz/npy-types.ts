/** A type of number that NumPy writes. */
export interface NumberType {
  /** NumPy's name for it, such as float32. */
  name: string;
  /** Bytes of one number. */
  bytes: number;
  isFloat: boolean;
  isBoolean: boolean;
  read: (view: DataView, at: number, littleEndian: boolean) => number;
}

type Read = NumberType['read'];

const type = (name: string, bytes: number, read: Read): NumberType => ({
  name,
  bytes,
  isFloat: name.startsWith('float'),
  isBoolean: name === 'bool',
  read,
});

/** Reads 64-bit integers, exact up to 2^53; larger numbers are neither pixels nor classes anyway. */
const readWide =
  (isSigned: boolean): Read =>
  (view, at, end) => {
    const low = view.getUint32(end ? at : at + 4, end);
    const high = end ? at + 4 : at;
    return (isSigned ? view.getInt32(high, end) : view.getUint32(high, end)) * 2 ** 32 + low;
  };

/** IEEE 754's half precision: a sign, five bits of exponent, ten of fraction. */
function readHalf(view: DataView, at: number, end: boolean): number {
  const bits = view.getUint16(at, end);
  const sign = bits >> 15 ? -1 : 1;
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0
    ? sign * fraction * 2 ** -24
    : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** Types by NumPy's letter and the number of bytes. */
const types = new Map<string, NumberType>([
  ['b1', type('bool', 1, (view, at) => (view.getUint8(at) === 0 ? 0 : 1))],
  ['u1', type('uint8', 1, (view, at) => view.getUint8(at))],
  ['i1', type('int8', 1, (view, at) => view.getInt8(at))],
  ['u2', type('uint16', 2, (view, at, end) => view.getUint16(at, end))],
  ['i2', type('int16', 2, (view, at, end) => view.getInt16(at, end))],
  ['u4', type('uint32', 4, (view, at, end) => view.getUint32(at, end))],
  ['i4', type('int32', 4, (view, at, end) => view.getInt32(at, end))],
  ['u8', type('uint64', 8, readWide(false))],
  ['i8', type('int64', 8, readWide(true))],
  ['f2', type('float16', 2, readHalf)],
  ['f4', type('float32', 4, (view, at, end) => view.getFloat32(at, end))],
  ['f8', type('float64', 8, (view, at, end) => view.getFloat64(at, end))],
]);

/** The type of an array's items. */
export interface ItemType {
  /** Null for text. */
  number: NumberType | null;
  /** Bytes of one item. */
  bytes: number;
  isLittleEndian: boolean;
  /** Whether a character of text has four bytes; otherwise it has one. */
  isUnicode: boolean;
}

/**
 * @param descr the type as the header writes it: `<f4`, `|u1`, `<U10`
 * @returns null if the type is not supported
 */
export function itemTypeOf(descr: string): ItemType | null {
  const [, order = '', letter = '', digits = ''] =
    /^([<>|=]?)([a-zA-Z])(\d{1,6})$/.exec(descr) ?? [];
  const isLittleEndian = order !== '>';
  if (letter === 'U' || letter === 'S') {
    const isUnicode = letter === 'U';
    const bytes = Number(digits) * (isUnicode ? 4 : 1);
    return { number: null, bytes, isLittleEndian, isUnicode };
  }
  const number = types.get(letter + digits);
  return number ? { number, bytes: number.bytes, isLittleEndian, isUnicode: false } : null;
}
