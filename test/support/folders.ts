import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nameOf } from '../../main/trainer/checkpoint/names.ts';
import { loadDataset } from './datasets.ts';
import { writeIdxPart } from './idx-files.ts';
import type { Examples } from '../../main/trainer/data/examples.ts';

const made: string[] = [];

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'firstlayer-test-'));
  made.push(folder);
  return folder;
}

export function removeTemporaryFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** The first of MNIST's real images as a folder of four IDX files. */
export async function smallDataset(train: number, test: number): Promise<string> {
  const folder = temporaryFolder();
  const mnist = await loadDataset('mnist', 0);
  const write = (part: 'train' | 't10k', { images, labels }: Examples, count: number): void =>
    writeIdxPart(folder, part, [images.subarray(0, count * 784)], labels.subarray(0, count));
  write('train', mnist.train, train);
  write('t10k', mnist.test, test);
  return folder;
}

/** SHA-256 of a checkpoint's variables, slots and step included. */
export function checkpointHash(folder: string, step: number, branch = 1): string {
  const name = nameOf({ branch, step });
  const data = readFileSync(join(folder, `${name}.data-00000-of-00001`));
  return createHash('sha256').update(data).digest('hex');
}

/** Steps of the checkpoints in a folder, ascending. */
export const checkpointSteps = (folder: string): number[] =>
  readdirSync(folder)
    .flatMap((name) => /^model\.ckpt-(\d+)\.index$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);

/** A folder as a run leaves it that was killed when it had saved step `at` first. */
export function killedAt(at: number, folder: string): string {
  const made = temporaryFolder();
  for (const name of readdirSync(folder))
    if (name.startsWith(`model.ckpt-${at}.`)) copyFileSync(join(folder, name), join(made, name));
  return made;
}
