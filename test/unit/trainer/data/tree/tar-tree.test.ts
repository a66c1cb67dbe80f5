import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { ArchiveFile } from '../../../../../main/trainer/data/tree/archive-file.ts';
import { treeLimits } from '../../../../../main/trainer/data/tree/limits.ts';
import { openTree } from '../../../../../main/trainer/data/tree/open-tree.ts';
import { openTarTree } from '../../../../../main/trainer/data/tree/tar-tree.ts';
import { removeTemporaryFolders } from '../../../../support/folders.ts';
import { tarOf, type TarItem } from '../../../../support/tar-writer.ts';
import { contentsOf, fileOf, opened, streamed, watchNothing } from '../../../../support/trees.ts';

afterAll(removeTemporaryFolders);

const item = (name: string, text = `bytes of ${name}`): TarItem => ({
  name,
  bytes: Buffer.from(text),
});

/** The first header's checksum after it was changed. */
function sealed(tar: Buffer): Buffer {
  tar.write('        ', 148, 'latin1');
  const sum = tar.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return tar;
}

describe.each([
  ['a tar archive', (tar: Buffer) => tar],
  ['a tar.gz archive', (tar: Buffer) => gzipSync(tar)],
])('of %s', (_, pack) => {
  const tarred = async (...items: TarItem[]) => opened(fileOf('a.tar', pack(await tarOf(items))));

  it('links and devices, and names that lead out, are passed over and told', async () => {
    const tree = await tarred(
      item('good.png'),
      { name: 'soft.png', type: 'symlink', linkname: '/etc/passwd' },
      { name: 'hard.png', type: 'link', linkname: 'good.png' },
      { name: 'device.png', type: 'block-device' },
      { name: 'pipe.png', type: 'fifo' },
      item('../up.png'),
      item('/root.png'),
      item('a\\b.png'),
      { name: 'folder', type: 'directory' },
    );
    expect(await contentsOf(tree)).toEqual({ 'good.png': 'bytes of good.png' });
    expect(tree.findings.map(({ what }) => what)).toEqual([
      'Links in an archive are not followed: "soft.png", "hard.png".',
      'What is neither a file nor a folder is passed over: "device.png", "pipe.png".',
      'Names that lead out of the archive, or may on some system, are passed over: "../up.png", "/root.png", "a\\\\b.png".',
    ]);
  });

  it('of several files of one name the last counts', async () => {
    const tree = await tarred(item('a.png'), item('b.png'), item('./a.png', 'last'));
    expect(await contentsOf(tree)).toEqual({ 'a.png': 'last', 'b.png': 'bytes of b.png' });
    expect(tree.findings).toHaveLength(1);
  });

  it('files are read in its order, whatever order they are asked for in', async () => {
    const tree = await tarred(item('c.png'), item('a.png'), item('b.png'));
    const order: string[] = [];
    for await (const { file } of tree.read(tree.files, 100)) order.push(file.path);
    expect(order).toEqual(['c.png', 'a.png', 'b.png']);
    expect(String(await streamed(tree, 'b.png'))).toBe('bytes of b.png');
  });

  it('one that is cut off anywhere is refused', async () => {
    const whole = await tarOf([item('a.png'), item('b.png', 'x'.repeat(600)), item('c.png')]);
    const lastEnd = whole.length - 1024;
    for (let length = 512; length <= lastEnd; length += 256) {
      const opening = openTree(fileOf('a.tar', pack(whole.subarray(0, length))), watchNothing());
      await expect(opening, `${length} bytes`).rejects.toThrow('The archive is cut off');
    }
    const packed = pack(whole);
    for (const length of [packed.length >> 1, packed.length - 1100, packed.length - 1025])
      if (length > 20)
        await expect(
          openTree(fileOf('a.tar', packed.subarray(0, length)), watchNothing()),
        ).rejects.toThrow('cut off');
  });

  it('names that are not UTF-8 are readable', async () => {
    const tar = await tarOf([item('gr?n.png')]);
    tar[2] = 0xfc;
    const tree = await opened(fileOf('a.tar', pack(sealed(tar))));
    expect(await contentsOf(tree)).toEqual({ 'grün.png': 'bytes of gr?n.png' });
  });

  it('one older than any magic number is read', async () => {
    const tar = await tarOf([item('a.png')]);
    tar.fill(0, 257, 265);
    expect(await contentsOf(await opened(fileOf('a', pack(sealed(tar)))))).toEqual({
      'a.png': 'bytes of a.png',
    });
  });

  it('one that is written to meanwhile gives damage', async () => {
    const bytes = pack(await tarOf([item('a.png')]));
    const place = fileOf('a.tar', bytes);
    const tree = await opened(place);
    writeFileSync(place, Buffer.alloc(bytes.length));
    expect(await contentsOf(tree)).toEqual({ 'a.png': '<was changed while it was read>' });
    await expect(streamed(tree, 'a.png')).rejects.toThrow('was changed while it was read');
  });

  it('one that holds too much is refused', async () => {
    const place = fileOf('a.tar', pack(await tarOf([item('a.png'), item('b/c.png')])));
    const open = async (limits: Partial<typeof treeLimits>): Promise<void> => {
      const archive = await ArchiveFile.open(place);
      try {
        await openTarTree(archive, watchNothing(), { ...treeLimits, ...limits });
      } finally {
        await archive.close();
      }
    };
    await expect(open({ files: 1 })).rejects.toThrow('more than 1 entries');
    await expect(open({ depth: 0 })).rejects.toThrow('more than 0 deep');
    await expect(open({ unpackedBytes: 1000 })).rejects.toThrow('unpacks to more than');
  });
});

it('a gzip file of several members is one archive', async () => {
  const tar = await tarOf([item('a.png'), item('b.png')]);
  const members = [tar.subarray(0, 700), tar.subarray(700)].map((part) => gzipSync(part));
  const tree = await opened(fileOf('a.tgz', Buffer.concat(members)));
  expect(await contentsOf(tree)).toEqual({ 'a.png': 'bytes of a.png', 'b.png': 'bytes of b.png' });
});

it('a header that is none is damage of the archive', async () => {
  const tar = await tarOf([item('a.png'), item('b.png')]);
  tar[1024 + 3] = 0xff;
  await expect(openTree(fileOf('a.tar', tar), watchNothing())).rejects.toThrow(
    'a file’s header in it is none',
  );
});

it('progress goes to the archive’s end, in bytes of it', async () => {
  const tar = await tarOf([item('a.png', 'x'.repeat(3_000_000))]);
  const told: [number, number | null][] = [];
  const progress = (done: number, total: number | null): number => told.push([done, total]);
  await opened(fileOf('a.tar', tar), { ...watchNothing(), progress });
  expect(told.length).toBeGreaterThan(2);
  expect(told.at(-1)).toEqual([tar.length, tar.length]);
});

it('a bomb is unpacked in bounded memory', async () => {
  const place = fileOf(
    'bomb.tgz',
    gzipSync(
      await tarOf([
        item('a.png'),
        { name: 'b.png', bytes: Buffer.alloc(150_000_000) },
        item('c.png'),
      ]),
    ),
  );
  const before = process.memoryUsage().rss;
  const tree = await opened(place);
  expect(await contentsOf(tree, 1000)).toEqual({
    'a.png': 'bytes of a.png',
    'b.png': '<has 150000000 bytes; the most that are read are 1000>',
    'c.png': 'bytes of c.png',
  });
  expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
});
