import { basename } from 'node:path';
import { FailureError } from '../../../../shared/ipc.ts';
import { numberClasses, type Numbered, type WrittenLabels } from '../classes.ts';
import type { Examples, Labels } from '../examples.ts';
import { findFiles, type DataFiles } from './data-files.ts';
import { formText } from '../parts-of-one-form.ts';
import type { RawDataset } from '../raw-dataset.ts';
import { putChannelsLast, type ImageLayout } from '../reading.ts';
import { readIdx } from './idx.ts';
import { checkLabelAxes, imageAxes, imagePixels, labelNumbers } from './idx-values.ts';
import { readNamesBeside } from './names-beside.ts';

/** Examples of one part, with the layout of their images. */
type Part = Examples & ImageLayout;

async function readLabels(path: string): Promise<WrittenLabels> {
  const idx = await readIdx(path, (header) => {
    checkLabelAxes(header, path);
  });
  return { path, numbers: labelNumbers(idx, path) };
}

/**
 * @param labelsPath for the error
 * @throws FailureError if there are not as many images as labels
 */
async function readImages(path: string, labels: Labels, labelsPath: string): Promise<Part> {
  const wrong = (what: string, where: string): FailureError =>
    new FailureError({
      what,
      where,
      remedy: 'Use the images and labels of one dataset, undamaged.',
    });
  // This is checked before the images are unpacked, since there may be any number of them.
  const idx = await readIdx(path, (header) => {
    const { count, height, width } = imageAxes(header, path);
    if (count === 0) throw wrong('The file holds no image.', path);
    if (height === 0 || width === 0)
      throw wrong(`The images are ${height}×${width}: they have no pixel.`, path);
    if (labels.length !== count)
      throw wrong(`${count} images, but ${labels.length} labels.`, labelsPath);
  });
  const axes = imageAxes(idx, path);
  const images = imagePixels(idx, path);
  if (axes.areChannelsFirst) putChannelsLast(images, axes);
  const { count, height, width, channels } = axes;
  return { images, labels, count, height, width, channels };
}

/** Labels of the training images, then of the test images. */
async function readBothLabels({ folder, paths }: DataFiles): Promise<Numbered> {
  const train = await readLabels(paths['train-labels']);
  const test = await readLabels(paths['t10k-labels']);
  const beside = await readNamesBeside(folder, basename(paths['train-labels']));
  const numbered = numberClasses([train, test], beside.names);
  return { ...numbered, notes: [...beside.notes, ...numbered.notes] };
}

const examplesOf = ({ images, labels, count }: Part): Examples => ({ images, labels, count });

/** A dataset of IDX files, with their place. */
export interface IdxDataset extends RawDataset {
  /** Where the four files lie: the folder that was named, or one below. */
  folder: string;
  test: Examples;
  /** Whether class 0 is 1 in the files. */
  fromOne: boolean;
}

/**
 * Reads four IDX files: training and test images with their labels.
 * @param place their folder; or a folder and the beginning of the files' names, such as `…/emnist-digits`
 * @throws FailureError naming the file and what is wrong with it
 */
export async function readIdxDataset(place: string): Promise<IdxDataset> {
  const files = findFiles(place);
  const { folder, paths, notes } = files;
  const numbered = await readBothLabels(files);
  const [trainLabels = new Uint8Array(), testLabels = new Uint8Array()] = numbered.classes;
  const train = await readImages(paths['train-images'], trainLabels, paths['train-labels']);
  const test = await readImages(paths['t10k-images'], testLabels, paths['t10k-labels']);
  if (formText(train) !== formText(test))
    throw new FailureError({
      what: `Training images are ${formText(train)}, test images ${formText(test)}.`,
      where: folder,
      remedy: 'Use training and test files of one dataset.',
    });
  const { height, width, channels } = train;
  return {
    folder,
    height,
    width,
    channels,
    classNames: numbered.classNames,
    train: examplesOf(train),
    validation: null,
    test: examplesOf(test),
    validationFrom: 'end',
    findings: [...notes, ...numbered.notes],
    fromOne: numbered.fromOne,
  };
}
