import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeEntry, encodeHeader } from '../../../../main/trainer/checkpoint/bundle/proto.ts';
import { openBundle, verifyBundle } from '../../../../main/trainer/checkpoint/bundle/read.ts';
import { writeBundle } from '../../../../main/trainer/checkpoint/bundle/write.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import {
  blockOf,
  COUNTLESS_FILES,
  repeatingTable,
  row,
  sharingTable,
  tableOf,
  variableTable,
  varints,
} from '../../../support/hostile-tables.ts';

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
  expect(await refusalOf(repeatingTable())).toContain('more variables than a network has');
});

it('keys that each repeat the one before are refused', async () => {
  expect(await refusalOf(sharingTable())).toContain('more variables than a network has');
});

it('sizes beyond the data, and a file number beyond all, are refused by name', async () => {
  const table = (changed: Parameters<typeof variableTable>[1]): Buffer =>
    variableTable('conv_1/weights', changed);
  expect(await refusalOf(table({}))).toContain('conv_1/weights lies beyond');
  const late = { offset: data.length - 1, size: 4 };
  expect(await refusalOf(table(late))).toContain('lies beyond');
  const countless = { header: COUNTLESS_FILES };
  expect(await refusalOf(table(countless))).toContain('tells of 2147483647 data files');
});
