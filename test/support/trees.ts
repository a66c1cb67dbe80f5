import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ReadingWatch } from '../../main/trainer/data/raw-dataset.ts';
import { openTree } from '../../main/trainer/data/tree/open-tree.ts';
import type { Tree } from '../../main/trainer/data/tree/tree.ts';
import { temporaryFolder } from './folders.ts';

/** Nobody watches, nobody stops. */
export const watchNothing = (): ReadingWatch => ({
  progress: () => undefined,
  signal: new AbortController().signal,
});

/** A file of these bytes in a folder of its own. */
export function fileOf(name: string, bytes: Buffer | string): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, bytes);
  return path;
}

/** A tree that is closed after the test. */
export async function opened(place: string, watch = watchNothing()): Promise<Tree> {
  const tree = await openTree(place, watch);
  onTestFinished(() => tree.close());
  return tree;
}

/** Everything that a tree holds: each file's text, or its damage in angle brackets, by path. */
export async function contentsOf(tree: Tree, most = 2 ** 20): Promise<Record<string, string>> {
  const contents: Record<string, string> = {};
  for await (const content of tree.read(tree.files, most))
    contents[content.file.path] =
      'damage' in content ? `<${content.damage}>` : content.bytes.toString('latin1');
  return contents;
}

/** One file's bytes, piece by piece. */
export async function streamed(tree: Tree, path: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of tree.stream(tree.files.find((file) => file.path === path)!))
    pieces.push(piece);
  return Buffer.concat(pieces);
}
