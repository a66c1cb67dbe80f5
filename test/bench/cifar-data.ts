import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Examples } from '../../main/trainer/data/examples.ts';
import { loadDataset } from '../support/datasets.ts';
import { idxHeader } from '../support/idx-files.ts';

/** Images of CIFAR-10's shape as IDX files, which this engine and its peers read alike. */

const SHAPE = [32, 32, 3] as const;
const PIXELS = 32 * 32 * 3;
const CLASSES = 10;

/** Kept for validation, as a run keeps them by itself. */
const VALIDATION = 5_000;

/** Of made images: so many that no cache holds them. */
const MADE = { train: 10_000, test: 1_000 };

/** By name as IDX files have it. */
type Parts = Record<'train' | 't10k', Pick<Examples, 'images' | 'labels'>>;

function writeIdx(folder: string, parts: Parts): void {
  mkdirSync(folder, { recursive: true });
  for (const [part, { images, labels }] of Object.entries(parts)) {
    const count = labels.length;
    const file = (kind: string): string => join(folder, `${part}-${kind}-ubyte`);
    writeFileSync(file('images-idx3'), Buffer.concat([idxHeader(count, ...SHAPE), images]));
    writeFileSync(file('labels-idx1'), Buffer.concat([idxHeader(count), Uint8Array.from(labels)]));
  }
}

/**
 * Writes the images of a place, such as a zip of CIFAR-10's pictures: those that a run trains on, and the test images.
 * @throws FailureError where it cannot be read; Error where the images are of another shape
 */
export async function writePictures(folder: string, place: string): Promise<void> {
  const dataset = await loadDataset(place, VALIDATION);
  const { height, width, channels, train, test } = dataset;
  if ([height, width, channels].join() !== SHAPE.join() || dataset.classNames.length !== CLASSES)
    throw new Error(`${place} holds no images of CIFAR-10's shape.`);
  writeIdx(folder, { train, t10k: test });
}

/** Writes images that show nothing, for speed alone: bytes and labels by a fixed recurrence. */
export function writeMadeImages(folder: string): void {
  let state = 1;
  const next = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0);
  const made = (count: number): Parts['train'] => ({
    images: Uint8Array.from({ length: count * PIXELS }, () => next() >>> 24),
    labels: Uint8Array.from({ length: count }, () => (next() >>> 16) % CLASSES),
  });
  writeIdx(folder, { train: made(MADE.train), t10k: made(MADE.test) });
}
