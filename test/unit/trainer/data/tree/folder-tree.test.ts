import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openFolderTree } from '../../../../../main/trainer/data/tree/folder-tree.ts';
import { treeLimits } from '../../../../../main/trainer/data/tree/limits.ts';
import { openTree } from '../../../../../main/trainer/data/tree/open-tree.ts';
import type { FailureError } from '../../../../../shared/ipc.ts';
import { removeTemporaryFolders, temporaryFolder } from '../../../../support/folders.ts';
import { contentsOf, opened, streamed, watchNothing } from '../../../../support/trees.ts';

afterAll(removeTemporaryFolders);

function folderWith(names: readonly string[]): string {
  const folder = temporaryFolder();
  for (const name of names) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), name);
  }
  return folder;
}

describe.runIf(process.platform !== 'win32')('links', () => {
  it('to files inside are followed; what leads out, to a folder or nowhere is named', async () => {
    const elsewhere = folderWith(['secret.png', 'more/other.png']);
    const folder = folderWith(['a/1.png']);
    const link = (target: string, name: string): void => symlinkSync(target, join(folder, name));
    link('a/1.png', 'inside.png');
    link(join(elsewhere, 'secret.png'), 'out-file.png');
    link(join(elsewhere, 'more'), 'out-folder');
    link('a', 'again');
    link('.', 'circle');
    link('nowhere.png', 'broken.png');
    link('self.png', 'self.png');
    for (let index = 0; index < 40; index++) link(elsewhere, `z${index}`);
    const tree = await opened(folder);
    expect(await contentsOf(tree)).toEqual({ 'a/1.png': 'a/1.png', 'inside.png': 'a/1.png' });
    const told = tree.findings.map(({ what }) => what).join('\n');
    expect(told).toMatch(/lead out of the folder are not followed: .* and 39 more\./);
    expect(told).toMatch(/Links to folders are not followed: "[ac]\w+", "[ac]\w+"\./);
    expect(told).toContain('Links that lead nowhere are passed over: "broken.png".');
    expect(told).toMatch(/"self\.png" \(the links there lead round in a circle/);
    expect(tree.findings).toHaveLength(4);
    for (const { where, remedy } of tree.findings)
      expect([where, remedy !== '']).toEqual([folder, true]);
  });

  it('are no hindrance where the place itself is one', async () => {
    const link = join(temporaryFolder(), 'link');
    symlinkSync(folderWith(['a/1.png']), link);
    expect(await contentsOf(await opened(link))).toEqual({ 'a/1.png': 'a/1.png' });
  });

  it('a pipe is named, and hangs nobody', async () => {
    const folder = folderWith(['1.png']);
    execFileSync('mkfifo', [join(folder, 'pipe.png')]);
    symlinkSync('pipe.png', join(folder, 'link.png'));
    const tree = await opened(folder);
    expect(tree.files).toHaveLength(1);
    expect(tree.findings[0]?.what).toMatch(/neither a file nor a folder .*"pipe\.png"/);
    expect(tree.findings[0]?.what).toContain('"link.png"');
  });

  it('a file that a pipe took the place of is damaged', async () => {
    const folder = folderWith(['1.png', '2.png']);
    const tree = await opened(folder);
    rmSync(join(folder, '1.png'));
    execFileSync('mkfifo', [join(folder, '1.png')]);
    expect(await contentsOf(tree)).toEqual({
      '1.png': '<cannot be read: it is no regular file>',
      '2.png': '2.png',
    });
  });

  it('a folder that may not be read is named', async () => {
    const folder = folderWith(['a/1.png', 'closed/2.png']);
    chmodSync(folder, 0o755);
    chmodSync(join(folder, 'closed'), 0);
    // Nothing is closed to root.
    const user = process.geteuid?.();
    if (user === 0) process.seteuid?.(65_534);
    try {
      const tree = await opened(folder);
      expect(tree.files.map(({ path }) => path)).toEqual(['a/1.png']);
      expect(tree.findings[0]?.what).toMatch(
        /Folders that cannot be read .*"closed" \(permission is denied/,
      );
      const refused = await openTree(join(folder, 'closed'), watchNothing()).catch(
        (error: unknown) => error,
      );
      expect((refused as FailureError).failure).toMatchObject({
        what: expect.stringContaining('permission is denied') as string,
        remedy: expect.stringContaining('right') as string,
      });
    } finally {
      if (user === 0) process.seteuid?.(0);
      chmodSync(join(folder, 'closed'), 0o755);
    }
  });
});

describe('a file that is another one when it is read', () => {
  const changes: [string, (path: string) => void, string][] = [
    ['is gone', (path) => rmSync(path), 'is not there any more'],
    [
      'is longer',
      (path) => writeFileSync(path, 'longer than before'),
      'was changed while it was read',
    ],
    ['is shorter', (path) => truncateSync(path, 1), 'was changed while it was read'],
    ['is younger', (path) => utimesSync(path, 1, 1), 'was changed while it was read'],
  ];
  it.each(changes)('%s', async (_, change, damage) => {
    const folder = folderWith(['1.png', '2.png']);
    const tree = await opened(folder);
    change(join(folder, '1.png'));
    expect(await contentsOf(tree)).toEqual({ '1.png': `<${damage}>`, '2.png': '2.png' });
    await expect(streamed(tree, '1.png')).rejects.toThrow(damage);
  });

  it('a folder that is gone as a whole', async () => {
    const folder = folderWith(['a/1.png']);
    const tree = await opened(folder);
    renameSync(join(folder, 'a'), join(folder, 'b'));
    expect(await contentsOf(tree)).toEqual({ 'a/1.png': '<is not there any more>' });
  });
});

describe('limits', () => {
  it('of files and folders', async () => {
    const folder = folderWith(['a/1.png', 'a/2.png', '.hidden']);
    const limits = { ...treeLimits, files: 3 };
    expect((await openFolderTree(folder, watchNothing(), limits)).files).toHaveLength(2);
    await expect(
      openFolderTree(folder, watchNothing(), { ...treeLimits, files: 2 }),
    ).rejects.toThrow('more than 2 files and folders');
  });

  it('of depth', async () => {
    const deep = (levels: number): string =>
      folderWith([`${Array.from({ length: levels }, () => 'd').join('/')}/1.png`]);
    expect((await opened(deep(32))).files).toHaveLength(1);
    await expect(openTree(deep(33), watchNothing())).rejects.toThrow('more than 32 deep');
    await expect(openTree(deep(200), watchNothing())).rejects.toThrow('more than 32 deep');
  });
});

it('progress counts the files', async () => {
  const folder = folderWith(Array.from({ length: 300 }, (_, index) => `${index % 3}/${index}.png`));
  const told: number[] = [];
  const watch = { ...watchNothing(), progress: (done: number) => told.push(done) };
  expect((await openFolderTree(folder, watch)).files).toHaveLength(300);
  expect(told.at(-1)).toBe(300);
  expect(told.length).toBeGreaterThan(3);
  expect([...told].sort((a, b) => a - b)).toEqual(told);
});

it('order is that of code units, whatever the folders are', async () => {
  const names = ['b/1.png', 'a.png', 'a/10.png', 'a/9.png', 'B.png', 'ä.png', 'a-b/1.png'];
  const tree = await opened(folderWith(names));
  expect(tree.files.map(({ path }) => path)).toEqual([...names].sort());
});
