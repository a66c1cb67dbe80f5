import { copyFile, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { idxHeader } from '../support/idx-files.ts';
import { mnistFolder } from '../../main/trainer/data/named/mnist.ts';
import type { Examples } from '../../main/trainer/data/examples.ts';

const SIDE = 28;
const CHUNK = 10_000;

/** Where the image goes on its n-th repeat: not at all at first, then a pixel or two in all directions. */
const shift = (repeat: number): [number, number] => [repeat % 3, Math.floor(repeat / 3) % 3];

/** An image moved down and to the right; what leaves at one side is lost. */
function moved(image: Uint8Array, [down, right]: [number, number]): Uint8Array {
  if (down === 0 && right === 0) return image;
  const result = new Uint8Array(image.length);
  for (let row = down; row < SIDE; row++)
    for (let column = right; column < SIDE; column++)
      result[row * SIDE + column] = image[(row - down) * SIDE + column - right] ?? 0;
  return result;
}

/** Writes a dataset of `count` training examples into a folder: MNIST's, repeated and moved, with MNIST's test examples. */
export async function writeDataset(folder: string, real: Examples, count: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'])
    await copyFile(join(mnistFolder(), name), join(folder, name));
  const images = await open(join(folder, 'train-images-idx3-ubyte'), 'w');
  const labels = await open(join(folder, 'train-labels-idx1-ubyte'), 'w');
  try {
    await images.write(idxHeader(count, SIDE, SIDE));
    await labels.write(idxHeader(count));
    const size = SIDE * SIDE;
    for (let from = 0; from < count; from += CHUNK) {
      const pixels = new Uint8Array(Math.min(CHUNK, count - from) * size);
      const classes = new Uint8Array(pixels.length / size);
      classes.forEach((_, k) => {
        const of = (from + k) % real.count;
        const image = real.images.subarray(of * size, (of + 1) * size);
        pixels.set(moved(image, shift(Math.floor((from + k) / real.count))), k * size);
        classes[k] = real.labels[of] ?? 0;
      });
      await images.write(pixels);
      await labels.write(classes);
    }
  } finally {
    await images.close();
    await labels.close();
  }
}
