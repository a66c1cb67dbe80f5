import { pack, type Header } from 'tar-stream';

/** An entry of a tar archive: what its header says, and its bytes. */
export interface TarItem extends Partial<Omit<Header, 'name'>> {
  name: string;
  bytes?: Buffer;
}

/** A tar archive of these entries. */
export async function tarOf(items: readonly TarItem[]): Promise<Buffer> {
  const writer = pack();
  for (const { bytes = Buffer.alloc(0), ...header } of items)
    writer.entry({ mtime: new Date(0), ...header }, bytes);
  writer.finalize();
  const pieces: Buffer[] = [];
  for await (const piece of writer as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}
