import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { openTree } from '../../../../../main/trainer/data/tree/open-tree.ts';
import { FailureError } from '../../../../../shared/ipc.ts';
import { removeTemporaryFolders, temporaryFolder } from '../../../../support/folders.ts';
import { tarOf } from '../../../../support/tar-writer.ts';
import { contentsOf, fileOf, opened, streamed, watchNothing } from '../../../../support/trees.ts';
import { zipOf } from '../../../../support/zip-writer.ts';

afterAll(removeTemporaryFolders);

/** Of several megabytes, so that a stream of it has several pieces. */
const long = Buffer.alloc(3_000_000, 'no two megabytes alike? yes: they are');
const files: Record<string, Buffer> = {
  'cat/2.png': Buffer.from('second'),
  'cat/10.png': Buffer.from('tenth'),
  'Dog/größe.png': Buffer.from('with an umlaut'),
  'cat.png': Buffer.alloc(0),
  [`deep/${'long'.repeat(20)}/${'name'.repeat(30)}.png`]: Buffer.from('a long way'),
  'long.bin': long,
};
/** What systems leave beside them. */
const hidden = [
  '.git/config',
  '__MACOSX/cat/._2.png',
  'cat/.DS_Store',
  'Thumbs.db',
  'a/Desktop.ini',
];
const items = [
  ...Object.entries(files).map(([name, bytes]) => ({ name, bytes })),
  ...hidden.map((name) => ({ name, bytes: Buffer.from('hidden') })),
];

function folderOf(): string {
  const folder = temporaryFolder();
  for (const { name, bytes } of items) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return folder;
}

const tarItems = [{ name: './', type: 'directory' as const }, ...items];

describe.each([
  ['a folder', () => folderOf()],
  ['a zip archive', () => fileOf('a.zip', zipOf(items))],
  [
    'a zip archive of the Zip64 kind',
    () =>
      fileOf(
        'a.zip',
        zipOf(
          items.map((item) => ({ ...item, isZip64: true })),
          true,
        ),
      ),
  ],
  [
    'a zip archive of stored files',
    () => fileOf('a.zip', zipOf(items.map((item) => ({ ...item, method: 0 })))),
  ],
  ['a tar archive', async () => fileOf('a.tar', await tarOf(tarItems))],
  ['a tar.gz archive', async () => fileOf('a.tar.gz', gzipSync(await tarOf(tarItems)))],
  ['a zip archive of another name', () => fileOf('a.dat', zipOf(items))],
  ['a tgz archive of another name', async () => fileOf('a', gzipSync(await tarOf(tarItems)))],
])('the same files are in %s', (_, make) => {
  it('with the same paths in the same order, the same bytes, nothing hidden and nothing to tell', async () => {
    const place = await make();
    const tree = await opened(place);
    expect(tree.place).toBe(place);
    expect(tree.findings).toEqual([]);
    expect(tree.files.map(({ path, bytes }) => [path, bytes])).toEqual(
      Object.keys(files)
        .sort()
        .map((path) => [path, files[path]!.length]),
    );
    const { 'long.bin': damage, ...contents } = await contentsOf(tree);
    expect(damage).toBe('<has 3000000 bytes; the most that are read are 1048576>');
    for (const [path, text] of Object.entries(contents))
      expect([path, text]).toEqual([path, files[path]!.toString('latin1')]);
    expect(Object.keys(contents)).toHaveLength(5);
  });

  it('and each can be streamed, or read alone', async () => {
    const tree = await opened(await make());
    expect((await streamed(tree, 'long.bin')).equals(long)).toBe(true);
    expect(await streamed(tree, 'cat.png')).toHaveLength(0);
    const [one] = tree.files.filter(({ path }) => path === 'cat/10.png');
    for await (const content of tree.read([one!], 5))
      expect(content).toEqual({ file: one, bytes: files['cat/10.png'] });
  });

  it('and are looked for no further once it is stopped', async () => {
    const place = await make();
    const stopped = new AbortController();
    const reason = new Error('stopped');
    const watch = { progress: () => stopped.abort(reason), signal: stopped.signal };
    // A small archive may be through before that is seen; then its reading stops.
    const outcome = await openTree(place, watch)
      .then(
        async (tree) => contentsOf(tree).finally(() => tree.close()),
        (error: unknown) => {
          throw error;
        },
      )
      .catch((error: unknown) => error);
    expect(outcome).toBe(reason);
  });

  it('and are read no further once it is stopped', async () => {
    const stopped = new AbortController();
    const reason = new Error('stopped');
    const tree = await opened(await make(), { ...watchNothing(), signal: stopped.signal });
    let count = 0;
    const read = async (): Promise<void> => {
      for await (const content of tree.read(tree.files, 2 ** 30)) {
        expect('bytes' in content).toBe(true);
        count++;
        stopped.abort(reason);
      }
    };
    await expect(read()).rejects.toBe(reason);
    expect(count).toBe(1);
    await expect(streamed(tree, 'long.bin')).rejects.toBe(reason);
  });
});

it('a single file is a tree of one', async () => {
  const place = fileOf('table.csv', 'label,pixel0\n');
  const tree = await opened(place);
  expect(tree.files).toEqual([{ path: 'table.csv', bytes: 13, modified: statSync(place).mtimeMs }]);
  expect(await contentsOf(tree)).toEqual({ 'table.csv': 'label,pixel0\n' });
  const packed = await opened(fileOf('table.csv.gz', gzipSync('label,pixel0\n')));
  expect(packed.files.map(({ path }) => path)).toEqual(['table.csv.gz']);
});

it('an archive of no files is an empty tree', async () => {
  for (const place of [
    fileOf('a.zip', zipOf([])),
    fileOf('a.tar', await tarOf([])),
    fileOf('a.tgz', gzipSync(await tarOf([]))),
    temporaryFolder(),
  ])
    expect((await opened(place)).files).toEqual([]);
});

describe('what cannot be read is refused for what it is', () => {
  it.each([
    ['nothing', () => join(temporaryFolder(), 'none'), 'There is no such file or folder.'],
    ['RAR', () => fileOf('a.rar', 'Rar!\x1a\x07\x01\0'), 'This is a RAR archive'],
    [
      '7z',
      () => fileOf('a.zip', Buffer.from('377abcaf271c0004', 'hex')),
      'This is a 7-Zip archive',
    ],
    ['bzip2', () => fileOf('a.tar.bz2', 'BZh91AY&SY'), 'This is a bzip2 file'],
    ['xz', () => fileOf('a.tar.xz', Buffer.from('fd377a585a00', 'hex')), 'This is an xz file'],
    ['zstd', () => fileOf('a.zst', Buffer.from('28b52ffd', 'hex')), 'This is a Zstandard file'],
    ['an empty .zip', () => fileOf('a.zip', ''), 'The archive is empty'],
    [
      'a picture named .zip',
      () => fileOf('a.zip', Buffer.from('89504e470d0a1a0a', 'hex')),
      'is a PNG picture',
    ],
    ['a .tgz of text', () => fileOf('a.tgz', gzipSync('text')), 'is a gzip file'],
    [
      'a damaged .tgz',
      () => fileOf('a.tgz', Buffer.from('1f8bffffffffffff', 'hex')),
      'cannot be read',
    ],
  ])('%s', async (_, make, what) => {
    const place = make();
    const error = await openTree(place, watchNothing()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FailureError);
    const { failure } = error as FailureError;
    expect(failure.what).toContain(what);
    expect(failure.where).toBe(place);
    expect(failure.remedy).not.toBe('');
  });

  it.runIf(process.platform !== 'win32')('a pipe or a device', async () => {
    const pipe = join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const place of [pipe, '/dev/zero'])
      await expect(openTree(place, watchNothing())).rejects.toThrow('neither a folder nor a file');
  });

  it('text that begins like an archive is a file', async () => {
    const tree = await opened(fileOf('words.txt', 'BZh9 is how bzip2 begins'));
    expect(tree.files).toHaveLength(1);
  });
});
