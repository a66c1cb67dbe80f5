import { createHash } from 'node:crypto';
import type { RunConfig } from '../../../shared/config.ts';
import { formatCount, formatFixed } from '../../../shared/format.ts';
import { FailureError, type Failure } from '../../../shared/ipc.ts';
import { examplesOfDrawings, type MixedDrawings } from '../../../shared/mixed-drawings.ts';
import { drawingsText } from '../../../shared/own-drawings.ts';
import type { DataSettings, ReadingTools } from './data-settings.ts';
import { openDataset, type Dataset } from './dataset.ts';
import { readDrawings, type ReadDrawings } from './drawings/read-drawings.ts';
import { makeLabels, type Examples } from './examples.ts';
import { MOST_BYTES } from './limits.ts';
import { imageBytes, type ImageForm } from './raw-dataset.ts';

/**
 * What a run learns from: its data, and behind their training images the person's own drawings where it asks for them, each as many times
 * over as it weighs. Validation and test keep the data's alone.
 */

export interface TrainingData {
  dataset: Dataset;
  /** With which drawings; absent where none were asked for. */
  ownDrawings: MixedDrawings | undefined;
}

/**
 * @throws FailureError as of `openDataset`; or if drawings cannot be read, or those that the run began with are not there; the signal's
 * reason if reading was stopped
 */
export async function openTrainingData(
  settings: DataSettings & Pick<RunConfig['data'], 'ownDrawings'>,
  tools: ReadingTools,
): Promise<TrainingData> {
  const dataset = await openDataset(settings, tools);
  const { ownDrawings } = settings;
  if (!ownDrawings) return { dataset, ownDrawings };
  const read = await readDrawings(ownDrawings.folder, dataset, settings, tools);
  return mixDrawings(dataset, ownDrawings, read);
}

/**
 * The hash of data with drawings among them, as records have it.
 * @param hash of the data alone
 */
export const mixedHash = (hash: string, own: MixedDrawings | undefined): string =>
  own?.drawings
    ? createHash('sha256')
        .update(`${hash}\nown drawings × ${own.weight}: ${own.drawings.join(' ')}`)
        .digest('hex')
    : hash;

function mixDrawings(dataset: Dataset, own: MixedDrawings, read: ReadDrawings): TrainingData {
  // The same drawing twice is one; their order is that of what they are, wherever and as whatever their files lie.
  const numbers = new Map(read.ids.map((id, number) => [id, number]));
  const drawings = own.drawings ?? [...numbers.keys()].sort();
  checkThere(drawings, numbers, read.place);
  const ownDrawings = { ...own, drawings };
  const indices = drawings.map((id) => numbers.get(id) ?? 0);
  const train = withRepeated(dataset.train, dataset, { ...read, indices, weight: own.weight });
  const finding = tellOf(ownDrawings, train.count, numbers.size - drawings.length, read.place);
  return {
    dataset: {
      ...dataset,
      train,
      hash: mixedHash(dataset.hash, ownDrawings),
      findings: [...dataset.findings, finding, ...read.findings],
    },
    ownDrawings,
  };
}

/** @throws FailureError if one that the run began with is not there */
function checkThere(
  drawings: readonly string[],
  there: ReadonlyMap<string, number>,
  where: string,
): void {
  const missing = drawings.filter((id) => !there.has(id)).length;
  if (missing === 0) return;
  throw new FailureError({
    what: `${formatCount(missing)} of the ${drawingsText(drawings.length)} of your own that this run began with ${missing === 1 ? 'is' : 'are'} not in their folder any more, or changed.`,
    where,
    remedy:
      'Put them back as they were. Or choose another checkpoint folder: a new run learns from those that lie there then.',
  });
}

interface Repeated {
  place: string;
  examples: Examples;
  /** Which of them. */
  indices: readonly number[];
  weight: number;
}

/** @throws FailureError if they would not fit into memory */
function withRepeated(
  { images, labels, count }: Examples,
  form: ImageForm,
  { place, examples, indices, weight }: Repeated,
): Examples {
  const size = imageBytes(form);
  const total = count + examplesOfDrawings(indices.length, weight);
  if (total * size > MOST_BYTES)
    throw new FailureError({
      what: `With ${drawingsText(indices.length)} as ${formatCount(weight)} examples each there would be ${formatCount(total)} images to train on, ${formatFixed((total * size) / 1e9, 1)} GB; the most is ${formatFixed(MOST_BYTES / 1e9, 1)} GB.`,
      where: place,
      remedy: 'Give them a smaller weight: --own-weight.',
    });
  const all = {
    images: new Uint8Array(total * size),
    labels: makeLabels(total, form.classNames.length),
    count: total,
  };
  all.images.set(images);
  all.labels.set(labels);
  let to = count;
  for (const index of indices) {
    const image = examples.images.subarray(index * size, (index + 1) * size);
    for (let time = 0; time < weight; time++) {
      all.images.set(image, to * size);
      all.labels[to++] = examples.labels[index] ?? 0;
    }
  }
  return all;
}

/**
 * @param total examples to train on
 * @param others drawings that lie there besides
 */
function tellOf(
  { drawings, weight }: MixedDrawings,
  total: number,
  others: number,
  where: string,
): Failure {
  const count = drawings?.length ?? 0;
  const as = weight === 1 ? 'as an example' : `as ${formatCount(weight)} examples`;
  const mixed = `${drawingsText(count)} of your own ${count === 1 ? `is trained on, ${as}` : `are trained on, each ${as}`}: ${formatCount(examplesOfDrawings(count, weight))} of the ${formatCount(total)} training examples.`;
  if (others === 0) return { what: mixed, where, remedy: 'Nothing need be done.' };
  const kept = `The run keeps to those that it began with; ${drawingsText(others)} more that ${others === 1 ? 'lies' : 'lie'} there ${others === 1 ? 'is' : 'are'} not trained on.`;
  return {
    what: `${mixed} ${kept}`,
    where,
    remedy:
      'To train on those too, begin a new run in another checkpoint folder; it can take the weights that match from this one (--weights-from, or “Take its weights into a new folder…” in Set up).',
  };
}
