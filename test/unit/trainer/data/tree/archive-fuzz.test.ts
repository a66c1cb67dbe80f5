import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, it } from 'vitest';
import { openTree } from '../../../../../main/trainer/data/tree/open-tree.ts';
import { FailureError } from '../../../../../shared/ipc.ts';
import { removeTemporaryFolders, temporaryFolder } from '../../../../support/folders.ts';
import { tarOf } from '../../../../support/tar-writer.ts';
import { contentsOf, watchNothing } from '../../../../support/trees.ts';
import { zipOf } from '../../../../support/zip-writer.ts';

afterAll(removeTemporaryFolders);

const files = ['a.png', 'cat/größe.png', `${'long/'.repeat(20)}${'name'.repeat(20)}`].map(
  (name) => ({
    name,
    bytes: Buffer.from(name.repeat(20)),
  }),
);
const tar = await tarOf([...files, { name: 'link', type: 'symlink', linkname: 'a.png' }]);
const folder = temporaryFolder();
const place = join(folder, 'archive');

/** An archive with other bytes in some places, and cut somewhere. */
const damaged = (whole: Buffer): fc.Arbitrary<Buffer> =>
  fc
    .record({
      changes: fc.array(
        fc.tuple(
          fc.nat(whole.length - 1),
          fc.oneof(fc.nat(255), fc.constantFrom(0, 0x30, 0x7f, 0x80, 0xff)),
        ),
        { maxLength: 8 },
      ),
      kept: fc.oneof(
        { weight: 3, arbitrary: fc.constant(whole.length) },
        { weight: 1, arbitrary: fc.nat(whole.length) },
      ),
    })
    .map(({ changes, kept }) => {
      const bytes = Buffer.from(whole);
      for (const [at, byte] of changes) bytes[at] = byte;
      return bytes.subarray(0, kept);
    });

/** Opens and reads it all; anything but a tree of whole or damaged files, or a failure, is a bug. */
async function checkOutcome(bytes: Buffer): Promise<void> {
  rmSync(place, { force: true });
  writeFileSync(place, bytes);
  try {
    const tree = await openTree(place, watchNothing());
    try {
      await contentsOf(tree, 2 ** 16);
      for (const file of tree.files) {
        if (file.bytes > 2 ** 16) continue;
        const pieces = tree.stream(file)[Symbol.asyncIterator]();
        await pieces.next().catch((error: unknown) => {
          if (!(error instanceof Error) || error instanceof TypeError) throw error;
        });
        await pieces.return?.();
      }
    } finally {
      await tree.close();
    }
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
  }
}

const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc(512)]);

it.each([
  ['zip archive', zipOf(files), (bytes: Buffer) => bytes],
  [
    'zip archive of the Zip64 kind',
    zipOf(
      files.map((file) => ({ ...file, isZip64: true })),
      true,
    ),
    (bytes: Buffer) => bytes,
  ],
  ['tar archive', tar, (bytes: Buffer) => bytes],
  ['tar archive that is packed after it was damaged', tar, (bytes: Buffer) => gzipSync(bytes)],
  ['tar.gz archive', gzipSync(tar), (bytes: Buffer) => bytes],
])('a damaged %s gives a failure or a tree, never anything else', async (_, whole, pack) => {
  await fc.assert(
    fc.asyncProperty(damaged(whole), (bytes) => checkOutcome(pack(bytes))),
    { numRuns: 200 },
  );
});

it('any bytes behind an archive’s beginning give a failure or a tree', async () => {
  const beginnings = ['PK\x03\x04', 'PK\x05\x06', '\x1f\x8b\x08\0', ''].map((text) =>
    Buffer.from(text, 'latin1'),
  );
  const noise = fc.tuple(
    fc.constantFrom(...beginnings, tar.subarray(0, 512), zipOf(files).subarray(-100), zipOf([])),
    fc.uint8Array({ maxLength: 1500 }),
    fc.constantFrom(Buffer.alloc(0), zipOf([]), zipOf(files, true).subarray(-98)),
  );
  await fc.assert(
    fc.asyncProperty(noise, (parts) => checkOutcome(padded(Buffer.concat(parts)))),
    { numRuns: 200 },
  );
});
