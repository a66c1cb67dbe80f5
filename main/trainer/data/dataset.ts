import { createHash, type Hash } from 'node:crypto';
import type { Appearance } from '../../../shared/appearance.ts';
import type { PartName } from '../../../shared/dataset-parts.ts';
import { MOST_SIDE } from '../../../shared/fields/data.ts';
import { FailureError, type Failure } from '../../../shared/ipc.ts';
import { checkClassNames } from './class-checks.ts';
import type { DataSettings, ReadingTools } from './data-settings.ts';
import { countByClass, type Examples } from './examples.ts';
import { leaveOut } from './leave-out.ts';
import { lookAt } from './look.ts';
import type { ImageForm, RawDataset } from './raw-dataset.ts';
import { readSource } from './source.ts';
import { splitDataset } from './split.ts';
import { turnImages } from './turned-images.ts';

/** Images to train on, to validate and to test with. */
export interface Dataset extends ImageForm {
  train: Examples;
  validation: Examples;
  test: Examples;
  /**
   * SHA-256 of the images' axes and of all pixels and labels as they are trained on. With it, a run can tell whether it goes on with the
   * same data.
   */
  hash: string;
  /** How the images look when they are trained on. */
  appearance: Appearance;
  /** What a person is told about the data. */
  findings: Failure[];
}

/** How many images of each class are in each part. */
export function countParts({ classNames, ...parts }: Dataset): Record<PartName, number[]> {
  const countsOf = (part: PartName): number[] =>
    countByClass(parts[part].labels, classNames.length);
  return { train: countsOf('train'), validation: countsOf('validation'), test: countsOf('test') };
}

/**
 * Reads the data that a run's settings name, splits off the parts that are missing, leaves out what is not to be learned from, and examines
 * the result.
 * @throws FailureError that names the file and what is wrong with it; the signal's reason if reading was stopped
 */
export async function openDataset(settings: DataSettings, tools: ReadingTools): Promise<Dataset> {
  const { raw, place, fromOne } = await readSource(settings, tools);
  checkSizes(raw, place);
  const turned = turnImages(raw, settings);
  const hash = createHash('sha256');
  hashParts(hash, turned);
  const parts = splitDataset(turned, settings, place);
  if (parts.drawn !== '') hash.update(parts.drawn);
  const { height, width, channels, classNames } = turned;
  const { validation, test } = parts;
  const { leftOut } = settings;
  const left = leftOut && (await leaveOut(parts, turned, leftOut, tools.watch.signal));
  if (left) hash.update(left.hashed);
  const train = left?.train ?? parts.train;
  const data = { height, width, channels, classNames, train, validation, test };
  const { transpose, invert } = settings;
  const look = lookAt({ ...data, folder: place, transpose, invert, fromOne });
  return {
    ...data,
    hash: hash.digest('hex'),
    appearance: look.appearance,
    findings: [...raw.findings, ...parts.findings, ...(left?.findings ?? []), ...look.findings],
  };
}

function checkSizes({ height, width, classNames }: RawDataset, where: string): void {
  checkClassNames(classNames, where);
  if (height <= MOST_SIDE && width <= MOST_SIDE) return;
  throw new FailureError({
    what: `The images are ${height}×${width}; the most is ${MOST_SIDE} pixels to a side.`,
    where,
    remedy: 'Use smaller images.',
  });
}

/** Hashes the axes too, since the same bytes may be other images. */
function hashParts(hash: Hash, { height, width, channels, ...raw }: RawDataset): void {
  const axes = `${height}×${width}${channels === 1 ? '' : `×${channels}`}`;
  for (const [name, part] of [
    ['', raw.train],
    ['validation ', raw.validation],
    ['', raw.test],
  ] as const)
    if (part) {
      const { images, labels, count } = part;
      hash.update(`${name}${count}×${axes}\n`).update(images).update(labels);
    }
}
