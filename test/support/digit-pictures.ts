import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Dataset } from '../../main/trainer/data/dataset.ts';
import { encodePng } from '../../main/trainer/tensorflow/encode-png.ts';
import { loadDataset } from './datasets.ts';
import { temporaryFolder } from './folders.ts';

/** A real digit of MNIST as a picture file. */
export interface DigitPicture {
  /** `train/seven/0012.png`: by the part and the digit's name. */
  path: string;
  png: Buffer;
  label: number;
  pixels: Uint8Array;
}

export const DIGIT_NAMES = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
];

/**
 * The first digits of MNIST of each class.
 * @param each how many of each class are for training; a third of that is for the test
 * @param colour tints them by their class, so that there are three channels
 */
export async function digitPictures(each: number, colour = false): Promise<DigitPicture[]> {
  const mnist = await loadDataset('mnist', 0);
  const made: DigitPicture[] = [];
  for (const part of ['train', 'test'] as const) {
    const wanted = part === 'train' ? each : Math.ceil(each / 3);
    for (const [label, name] of DIGIT_NAMES.entries())
      for (const [k, grey] of firstOf(mnist[part], label, wanted).entries()) {
        const pixels = colour ? tinted(grey, label) : grey;
        const png = Buffer.from(await encodePng(pixels, 28, 28, colour ? 3 : 1));
        made.push({
          path: `${part}/${name}/${String(k).padStart(4, '0')}.png`,
          png,
          label,
          pixels,
        });
      }
  }
  return made;
}

function firstOf({ images, labels }: Dataset['train'], label: number, count: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let n = 0; n < labels.length && found.length < count; n++)
    if (labels[n] === label) found.push(images.slice(n * 784, (n + 1) * 784));
  return found;
}

/** Two thirds to all of red, green and blue, in a mixture that is the class's own. */
function tinted(grey: Uint8Array, label: number): Uint8Array {
  const shares = [label, label * 3, label * 7].map((turn) => 1 - (turn % 10) / 30);
  return Uint8Array.from({ length: grey.length * 3 }, (_, k) =>
    Math.round((grey[Math.floor(k / 3)] ?? 0) * (shares[k % 3] ?? 1)),
  );
}

/** Files below a new folder. */
export function folderOf(files: readonly { path: string; bytes: Uint8Array | string }[]): string {
  const folder = temporaryFolder();
  for (const { path, bytes } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}
