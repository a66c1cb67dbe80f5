/** Bytes in pieces of a length, as a file comes. */
// eslint-disable-next-line @typescript-eslint/require-await -- a reader of files is asynchronous
export async function* inPieces(bytes: Uint8Array, length = 1_000_003): AsyncGenerator<Buffer> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < buffer.length; at += length) yield buffer.subarray(at, at + length);
}
