/** A type of number that NumPy writes. */
export interface NumberType {
  /** As NumPy calls it, float32. */
  name: string;
  /** Of one number. */
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

/** Exact up to 2^53; what is larger is no pixel and no class in any case. */
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

/** By NumPy's letter and the bytes of a number. */
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

/** What the items of an array are. */
export interface ItemType {
  /** Null: text. */
  number: NumberType | null;
  /** Of one item. */
  bytes: number;
  isLittleEndian: boolean;
  /** Text of four bytes a character, or of one. */
  isUnicode: boolean;
}

/**
 * @param descr as the header has it, `<f4`, `|u1`, `<U10`
 * @returns null where it is no type that is read
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
