import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

const MAGIC = 0x1f8b;
/** Files packed twice by mistake are not rare; those packed more often are mostly made on purpose. */
const MOST_LAYERS = 3;

export const isGzip = (bytes: Buffer): boolean =>
  bytes.length >= 2 && bytes.readUInt16BE(0) === MAGIC;

/**
 * Unpacks a gzip file, through all its layers, piece by piece. Nothing is kept, so the caller decides how many pieces come.
 * @param most bytes that any layer but the last may unpack to
 * @throws Error if it cannot be unpacked, has too many layers or unpacks to too much
 */
export async function* unpacked(
  pieces: AsyncIterable<Buffer>,
  most: number,
  layers = 0,
): AsyncGenerator<Buffer> {
  const iterator = pieces[Symbol.asyncIterator]();
  try {
    const head = await readBeginning(iterator);
    const all = joined(head, iterator);
    if (!isGzip(head)) yield* all;
    else if (layers === MOST_LAYERS)
      throw new Error(`it is packed with gzip more than ${MOST_LAYERS} times`);
    else yield* unpacked(gunzip(atMost(all, layers === 0 ? Infinity : most)), most, layers + 1);
  } finally {
    await iterator.return?.();
  }
}

/** Reads at least the first two bytes, if there are so many. */
async function readBeginning(iterator: AsyncIterator<Buffer>): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await iterator.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  return head;
}

async function* joined(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

async function* atMost(pieces: AsyncIterable<Buffer>, most: number): AsyncGenerator<Buffer> {
  let sum = 0;
  for await (const piece of pieces) {
    sum += piece.length;
    if (sum > most) throw new Error(`it unpacks to more than ${most} bytes, packed once more`);
    yield piece;
  }
}

async function* gunzip(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const unzip = createGunzip();
  const source = Readable.from(pieces);
  source.on('error', (error) => unzip.destroy(error)).pipe(unzip);
  try {
    for await (const piece of unzip) yield piece as Buffer;
  } finally {
    source.destroy();
    unzip.destroy();
  }
}
