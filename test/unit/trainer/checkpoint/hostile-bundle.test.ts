import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import protobuf from 'protobufjs';
import { expect, it } from 'vitest';
import { crc32c, maskChecksum } from '../../../../main/trainer/checkpoint/bundle/checksum.ts';
import { encodeEntry, encodeHeader } from '../../../../main/trainer/checkpoint/bundle/proto.ts';
import { openBundle, verifyBundle } from '../../../../main/trainer/checkpoint/bundle/read.ts';
import { encodeTable } from '../../../../main/trainer/checkpoint/bundle/table.ts';
import { writeBundle } from '../../../../main/trainer/checkpoint/bundle/write.ts';
import { temporaryFolder } from '../../../support/folders.ts';

/** Bytes that a refusal may take, beside the file's own. */
const MOST_MEMORY = 150_000_000;

const folder = temporaryFolder();
const prefix = join(folder, 'model');
const [indexPath, dataPath] = [`${prefix}.index`, `${prefix}.data-00000-of-00001`];
await writeBundle({ index: indexPath, data: dataPath }, [
  { name: 'conv_1/weights', shape: [3, 3, 1, 4], values: new Float32Array(36).fill(0.5) },
  { name: 'global_step', shape: [], values: BigInt64Array.of(430n) },
]);
const index = readFileSync(indexPath);
const data = readFileSync(dataPath);

/** Opens and verifies; says how it was refused, or null where it was not. Memory is bounded either way. */
async function refusalOf(bytes: Uint8Array): Promise<string | null> {
  writeFileSync(indexPath, bytes);
  const before = process.memoryUsage.rss();
  const refusal = await openBundle(prefix)
    .then(verifyBundle)
    .then(() => null, String);
  expect(process.memoryUsage.rss() - before).toBeLessThan(MOST_MEMORY);
  return refusal;
}

const varints = (...values: number[]): Buffer => {
  const writer = new protobuf.Writer();
  for (const value of values) writer.uint64(value);
  return Buffer.from(writer.finish());
};

/** A table whose blocks are what they say by their checksums, whatever is in them. */
function tableOf(
  blocks: readonly Uint8Array[],
  handles: (places: readonly [number, number][]) => Buffer,
): Buffer {
  const parts: Buffer[] = [];
  const places: [number, number][] = [];
  let at = 0;
  const place = (content: Uint8Array): [number, number] => {
    const typed = Buffer.concat([content, Buffer.of(0)]);
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32LE(maskChecksum(crc32c(typed)));
    parts.push(typed, checksum);
    const found: [number, number] = [at, content.length];
    at += typed.length + 4;
    return found;
  };
  for (const block of blocks) places.push(place(block));
  const root = place(handles(places));
  const footer = Buffer.alloc(48);
  varints(0, 0, ...root).copy(footer);
  footer.set(index.subarray(index.length - 8), 40);
  return Buffer.concat([...parts, footer]);
}

/** Rows with the end of a block that has one restart point. */
const blockOf = (...rows: readonly Buffer[]): Buffer => {
  const end = Buffer.alloc(8);
  end.writeUInt32LE(1, 4);
  return Buffer.concat([...rows, end]);
};
const row = (shared: number, own: string, value: Uint8Array): Buffer =>
  Buffer.concat([varints(shared, own.length, value.length), Buffer.from(own, 'latin1'), value]);

it('the checkpoint itself is not refused', async () => {
  expect(await refusalOf(index)).toBeNull();
});

it('an index with altered, missing or added bytes is refused, or is one', async () => {
  const altered = fc
    .tuple(
      fc.array(fc.tuple(fc.nat(index.length - 1), fc.nat(255)), { maxLength: 4 }),
      fc.nat(index.length),
      fc.uint8Array({ maxLength: 60 }),
    )
    .map(([changes, end, added]) => {
      const bytes = Buffer.from(index);
      for (const [at, byte] of changes) bytes[at] = byte;
      return end % 3 === 0
        ? bytes
        : Buffer.concat([bytes.subarray(0, end), added, bytes.subarray(index.length - 48)]);
    });
  await fc.assert(
    fc.asyncProperty(altered, async (bytes) => {
      const refusal = await refusalOf(bytes);
      if (refusal === null) expect(bytes.subarray(0, 40)).toEqual(index.subarray(0, 40));
    }),
    { numRuns: 400 },
  );
});

it('blocks of any content under right checksums are refused, or hold what can be read', async () => {
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc
      .uint8Array({ maxLength: 60 })
      .map((value) => blockOf(row(0, '', encodeHeader()), row(0, 'w', value))),
    fc
      .record({
        dtype: fc.constantFrom(1, 9, 99),
        shape: fc.array(fc.nat(2 ** 31), { maxLength: 5 }),
        offset: fc.oneof(fc.nat(200), fc.maxSafeInteger()),
        size: fc.oneof(fc.nat(200), fc.maxSafeInteger()),
        crc32c: fc.nat(),
      })
      .map((entry) => blockOf(row(0, '', encodeHeader()), row(0, 'w', encodeEntry(entry)))),
  );
  await fc.assert(
    fc.asyncProperty(content, async (block) => {
      await refusalOf(
        tableOf([block], (places) =>
          blockOf(...places.map((place) => row(0, 'z', varints(...place)))),
        ),
      );
    }),
    { numRuns: 400 },
  );
});

it('a table that repeats one block for ever is refused', async () => {
  const block = blockOf(...Array.from({ length: 1000 }, (_, k) => row(0, `w${k}`, encodeHeader())));
  const bomb = tableOf([block], ([place = [0, 0]]) =>
    blockOf(...Array.from({ length: 100_000 }, () => row(0, 'z', varints(...place)))),
  );
  expect(await refusalOf(bomb)).toContain('more variables than a network has');
});

it('keys that each repeat the one before are refused', async () => {
  const first = row(0, 'k'.repeat(500_000), encodeHeader());
  const bomb = blockOf(
    first,
    ...Array.from({ length: 50_000 }, () => row(500_000, 'x', encodeHeader())),
  );
  const table = tableOf([bomb], ([place = [0, 0]]) => blockOf(row(0, 'z', varints(...place))));
  expect(await refusalOf(table)).toContain('more variables than a network has');
});

it('sizes beyond the data, and a file number beyond all, are refused by name', async () => {
  const entry = { dtype: 1, shape: [2 ** 30], offset: 0, size: 2 ** 32, crc32c: 0 };
  const rows = (changed: Partial<typeof entry & { header: Uint8Array }>) =>
    encodeTable([
      ['', changed.header ?? encodeHeader()],
      ['conv_1/weights', encodeEntry({ ...entry, ...changed })],
    ]);
  expect(await refusalOf(rows({}))).toContain('conv_1/weights lies beyond');
  expect(await refusalOf(rows({ offset: data.length - 1, size: 4 }))).toContain('lies beyond');
  // BundleHeaderProto.num_shards = 2³¹ − 1.
  const header = Uint8Array.of(8, 255, 255, 255, 255, 7);
  expect(await refusalOf(rows({ header }))).toContain('tells of 2147483647 data files');
});
