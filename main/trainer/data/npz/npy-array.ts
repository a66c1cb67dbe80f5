import { FailureError } from '../../../../shared/ipc.ts';
import { messageOf } from '../../../../shared/system-errors.ts';
import {
  arrayText,
  brokenArray,
  headerLength,
  itemCount,
  lengthBytes,
  MAGIC_BYTES,
  parseNpyHeader,
  type NpyHeader,
} from './npy-header.ts';

/** A file within an NPZ archive, as it is unpacked. */
export interface NpyFile {
  /** Its unpacked size, as the archive says. */
  bytes: number;
  pieces: AsyncIterable<Buffer>;
}

/** Receives an array's values as they are read. */
export interface ArraySink {
  /** @param view whole items; `first` is the number of the first of them, in the order of the file */
  take(view: DataView, first: number): void;
}

/**
 * Reads an array piece by piece, with no more than one piece in memory.
 * @param where the place of the array, for errors
 * @param begin is called with the header before any value is read, and returns the sink; throws if the array is not acceptable
 * @throws FailureError that names what is wrong with the array
 */
export async function readNpy<Sink extends ArraySink>(
  { bytes, pieces }: NpyFile,
  where: string,
  begin: (header: NpyHeader) => Sink,
): Promise<Sink> {
  const iterator = pieces[Symbol.asyncIterator]();
  const source = new ByteSource(iterator);
  try {
    const length = lengthBytes(await source.next(MAGIC_BYTES), where);
    const wanted = headerLength(await whole(source, length, where), where);
    const text = (await whole(source, wanted, where)).toString(length === 2 ? 'latin1' : 'utf8');
    const header = parseNpyHeader(text, where);
    const promised = itemCount(header) * header.item.bytes;
    const held = bytes - MAGIC_BYTES - length - wanted;
    if (promised !== held)
      throw brokenArray(
        where,
        `The array is to hold ${arrayText(header)} = ${promised} bytes, but ${held} follow its header.`,
      );
    const sink = begin(header);
    await readItems(source, header.item.bytes, promised, sink, where);
    return sink;
  } catch (error) {
    if (error instanceof FailureError) throw error;
    throw brokenArray(where, `The array cannot be read: ${messageOf(error)}.`, error);
  } finally {
    await iterator.return?.();
  }
}

/** @throws FailureError if there are fewer bytes */
async function whole(source: ByteSource, length: number, where: string): Promise<Buffer> {
  const bytes = await source.next(length);
  if (bytes.length === length) return bytes;
  throw brokenArray(where, 'The array is cut off within its header.');
}

async function readItems(
  source: ByteSource,
  itemBytes: number,
  promised: number,
  sink: ArraySink,
  where: string,
): Promise<void> {
  let read = 0;
  for (let piece = await source.piece(); piece; piece = await source.piece()) {
    // An item may begin in one piece and end in the next.
    const part = itemBytes === 0 ? 0 : piece.length % itemBytes;
    const missing = part === 0 ? 0 : itemBytes - part;
    const items = missing === 0 ? piece : Buffer.concat([piece, await source.next(missing)]);
    if (items.length + read > promised)
      throw brokenArray(where, `More than the ${promised} bytes of the array follow its header.`);
    if (itemBytes === 0 || items.length % itemBytes !== 0) break;
    sink.take(new DataView(items.buffer, items.byteOffset, items.length), read / itemBytes);
    read += items.length;
  }
  if (read < promised)
    throw brokenArray(where, `The array is cut off: ${read} of its ${promised} bytes are there.`);
}

/** Reads a given number of bytes from a stream of pieces. */
class ByteSource {
  readonly #iterator: AsyncIterator<Buffer>;
  #left: Buffer = Buffer.alloc(0);

  constructor(iterator: AsyncIterator<Buffer>) {
    this.#iterator = iterator;
  }

  /** Returns `length` bytes, or fewer at the end. */
  async next(length: number): Promise<Buffer> {
    while (this.#left.length < length) {
      const next = await this.#iterator.next();
      if (next.done) break;
      this.#left = Buffer.concat([this.#left, next.value]);
    }
    const bytes = this.#left.subarray(0, length);
    this.#left = this.#left.subarray(bytes.length);
    return bytes;
  }

  /** Returns the bytes that are left, or the next piece; null at the end. */
  async piece(): Promise<Buffer | null> {
    for (;;) {
      const piece = this.#left;
      this.#left = Buffer.alloc(0);
      if (piece.length > 0) return piece;
      const next = await this.#iterator.next();
      if (next.done) return null;
      this.#left = next.value;
    }
  }
}
