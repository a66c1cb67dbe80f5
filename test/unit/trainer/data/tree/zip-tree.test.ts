import { appendFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { ArchiveFile } from '../../../../../main/trainer/data/tree/archive-file.ts';
import { treeLimits } from '../../../../../main/trainer/data/tree/limits.ts';
import { openTree } from '../../../../../main/trainer/data/tree/open-tree.ts';
import { safePath } from '../../../../../main/trainer/data/tree/tree-path.ts';
import { openZipTree } from '../../../../../main/trainer/data/tree/zip-tree.ts';
import { removeTemporaryFolders } from '../../../../support/folders.ts';
import { contentsOf, fileOf, opened, streamed, watchNothing } from '../../../../support/trees.ts';
import { zipOf, type ZipItem } from '../../../../support/zip-writer.ts';

afterAll(removeTemporaryFolders);

const item = (name: string | Buffer, more: Partial<ZipItem> = {}): ZipItem => ({
  name,
  bytes: Buffer.from(`bytes of ${String(name)}`),
  ...more,
});
const zipped = (...items: ZipItem[]) => opened(fileOf('a.zip', zipOf(items)));

describe('names', () => {
  it('that lead out of the archive are passed over, and told', async () => {
    const names = [
      '../up.png',
      '/root.png',
      'a/../../b.png',
      'C:/x.png',
      'c:x.png',
      'a\\b.png',
      '..\\up.png',
      'nul\0.png',
    ];
    const tree = await zipped(item('good.png'), ...names.map((name) => item(name)));
    expect(tree.files.map(({ path }) => path)).toEqual(['good.png']);
    expect(tree.findings).toHaveLength(1);
    expect(tree.findings[0]?.what).toMatch(/"\.\.\/up\.png", "\/root\.png", .* and 5 more\.$/);
  });

  it('are made plain', async () => {
    const tree = await zipped(item('./a//b.png'), item('a/./c.png'), item('a/'), item('./'));
    expect(tree.files.map(({ path }) => path)).toEqual(['a/b.png', 'a/c.png']);
    expect(tree.findings).toEqual([]);
  });

  it('that are not UTF-8 are readable, and stay different ones', async () => {
    const tree = await zipped(
      item(Buffer.from('gr\x81n.png', 'latin1')),
      item(Buffer.from('gr\x82n.png', 'latin1')),
      item(Buffer.from('größe.png')),
    );
    expect(tree.files.map(({ path }) => path)).toEqual(['grén.png', 'größe.png', 'grün.png']);
  });

  it('that there are several of: the last counts, and that is told', async () => {
    const tree = await zipped(
      item('a.png'),
      item('b.png'),
      item('./a.png', { bytes: Buffer.from('last') }),
    );
    expect(await contentsOf(tree)).toEqual({ 'a.png': 'last', 'b.png': 'bytes of b.png' });
    expect(tree.findings[0]?.what).toContain(
      'several files of one name; the last of them counts: "a.png"',
    );
  });

  it('whatever they are, give a path that stays below its folder', () => {
    const part = fc.constantFrom('..', '.', '', 'a', 'C:', '\\', '\0', ' ', '...');
    fc.assert(
      fc.property(
        fc.array(part).map((parts) => parts.join('/')),
        (name) => {
          const path = safePath(name);
          if (path === null) return;
          expect(path).not.toMatch(/^\/|^[a-z]:|(^|\/)\.{0,2}(\/|$)|\\|\0/i);
          expect(safePath(path)).toBe(path);
        },
      ),
    );
  });
});

describe('what is no plain file is named', () => {
  it('links, devices, encrypted files, unknown packing', async () => {
    const tree = await zipped(
      item('good.png', { mode: 0o100644 }),
      item('folder', { mode: 0o040755 }),
      item('link.png', { mode: 0o120777 }),
      item('device.png', { mode: 0o020666 }),
      item('locked.png', { flags: 1 }),
      item('modern.png', { method: 93 }),
    );
    expect(tree.files.map(({ path }) => path)).toEqual(['good.png']);
    expect(tree.findings.map(({ what }) => what)).toEqual([
      'Links in an archive are not followed: "link.png".',
      'What is neither a file nor a folder is passed over: "device.png".',
      'Encrypted files are passed over: "locked.png".',
      'Files that are packed in a way that is not read here are passed over: "modern.png" (method 93).',
    ]);
  });

  it.each([[1], [0x41]])(
    'an archive of encrypted files is refused as such (flags %i)',
    async (flags) => {
      await expect(zipped(item('a.png', { flags }))).rejects.toThrow(
        'The zip archive is encrypted.',
      );
    },
  );
});

describe('damage of one file does not touch the others', () => {
  const lies: [string, Partial<ZipItem>, RegExp][] = [
    ['a wrong checksum', { crc: 1 }, /its checksum is wrong/],
    ['a size that is too small', { declared: 3 }, /does not unpack to the 3 bytes/],
    ['a size that is too large', { declared: 300 }, /does not unpack to the 300 bytes/],
    ['a stored file of another size', { method: 0, declared: 3 }, /does not unpack to the 3 bytes/],
  ];
  it.each(lies)('%s', async (_, lie, damage) => {
    const tree = await zipped(item('a.png'), item('b.png', lie), item('c.png'));
    const { 'b.png': bad, ...good } = await contentsOf(tree);
    expect(bad).toMatch(damage);
    expect(good).toEqual({ 'a.png': 'bytes of a.png', 'c.png': 'bytes of c.png' });
    await expect(streamed(tree, 'b.png')).rejects.toThrow(damage);
  });

  it('broken Deflate, and a file’s own header that is none', async () => {
    const bytes = zipOf([
      item('a.png', { bytes: Buffer.alloc(9999, 'words') }),
      item('b.png'),
      item('c.png'),
    ]);
    bytes.fill(0xff, 35 + 5, 35 + 15);
    bytes.fill(0, bytes.indexOf('PK\x03\x04', 40), bytes.indexOf('PK\x03\x04', 40) + 4);
    const tree = await opened(fileOf('a.zip', bytes));
    const { 'a.png': broken, 'b.png': lost, 'c.png': good } = await contentsOf(tree);
    expect(broken).toMatch(/^<is damaged: /);
    expect(lost).toMatch(/^<cannot be read: invalid local file header/);
    expect(good).toBe('bytes of c.png');
    await expect(streamed(tree, 'a.png')).rejects.toThrow('is damaged');
  });

  it('an archive that is written to meanwhile', async () => {
    const bytes = zipOf([item('a.png')]);
    const place = fileOf('a.zip', bytes);
    const tree = await opened(place);
    writeFileSync(place, Buffer.alloc(bytes.length));
    expect(await contentsOf(tree)).toEqual({ 'a.png': '<was changed while it was read>' });
  });
});

it('a bomb is stopped at what it says it has, in bounded memory', async () => {
  const bomb = Buffer.alloc(150_000_000);
  const place = fileOf(
    'bomb.zip',
    zipOf([item('small.png', { bytes: bomb, declared: 1000 }), item('large.png', { bytes: bomb })]),
  );
  const tree = await opened(place);
  const before = process.memoryUsage().rss;
  expect(await contentsOf(tree, 1e6)).toEqual({
    'small.png': expect.stringContaining('does not unpack to the 1000 bytes') as string,
    'large.png': '<has 150000000 bytes; the most that are read are 1000000>',
  });
  await expect(streamed(tree, 'small.png')).rejects.toThrow('does not unpack to the 1000 bytes');
  let sum = 0;
  for await (const piece of tree.stream(tree.files[0]!)) sum += piece.length;
  expect(sum).toBe(bomb.length);
  expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
});

describe('the archive as a whole', () => {
  it('may have more files than 16 bits count, without Zip64', async () => {
    for (const count of [65_536, 65_540]) {
      const items = Array.from({ length: count }, (_, index) => ({
        name: `${index}`,
        bytes: Buffer.alloc(0),
        method: 0,
      }));
      expect((await zipped(...items)).files).toHaveLength(count);
    }
  });

  it('is refused where it is cut off, one of several parts, or no archive any more', async () => {
    const bytes = zipOf([item('a.png'), item('b.png')]);
    for (let length = 4; length < bytes.length; length++)
      await expect(
        openTree(fileOf('a.zip', bytes.subarray(0, length)), watchNothing()),
      ).rejects.toThrow('The zip archive is cut off');
    const place = fileOf('a.zip', bytes);
    appendFileSync(place, gzipSync('something behind it'));
    await expect(openTree(place, watchNothing())).rejects.toThrow('The archive cannot be read');
    const part = Buffer.from(bytes);
    part.writeUInt16LE(1, bytes.length - 18);
    await expect(openTree(fileOf('a.zip', part), watchNothing())).rejects.toThrow('several parts');
  });

  it('is refused where it holds too much', async () => {
    const place = fileOf('a.zip', zipOf([item('a.png'), item('b/c.png')]));
    const open = async (limits: Partial<typeof treeLimits>): Promise<void> => {
      const archive = await ArchiveFile.open(place);
      try {
        await openZipTree(archive, watchNothing(), { ...treeLimits, ...limits });
      } finally {
        await archive.close();
      }
    };
    await expect(open({ files: 1 })).rejects.toThrow('more than 1 entries');
    await expect(open({ depth: 0 })).rejects.toThrow('more than 0 deep');
    await expect(open({ pathCharacters: 6 })).rejects.toThrow('more than 6 characters');
    await expect(open({ unpackedBytes: 20 })).rejects.toThrow('unpacks to more than');
  });
});
