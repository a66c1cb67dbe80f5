import type { RunConfig } from '../../../shared/config.ts';
import { formatCount, formatPercent } from '../../../shared/format.ts';
import { FailureError, type Failure } from '../../../shared/ipc.ts';
import { epochOrder } from './batches.ts';
import { countByClass, makeLabels, sliceExamples, type Examples } from './examples.ts';
import { imageBytes, type ImageForm, type RawDataset } from './raw-dataset.ts';

/** Takes the parts that a dataset lacks from its training images. */

type Wanted = Pick<RunConfig['data'], 'validationSize' | 'testShare' | 'splitSeed'>;

export interface Parts {
  train: Examples;
  validation: Examples;
  test: Examples;
  /** What a person is told about parts that the data did not have. */
  findings: Failure[];
  /** How parts were drawn by seed, as part of the dataset's hash. */
  drawn: string;
}

/** Largest share of the training images that is drawn for validation. */
const MOST_VALIDATED = 0.2;

/**
 * @param place of the data, for messages
 * @throws FailureError if no image would be left to train on
 */
export function splitDataset(raw: RawDataset, wanted: Wanted, place: string): Parts {
  const findings: Failure[] = [];
  const drawn: string[] = [];
  let { train, validation, test } = raw;
  if (!test) {
    const counts = drawnCounts(train, raw.classNames.length, wanted.testShare);
    [train, test] = takeOut(train, raw, chooseExamples(train, counts, wanted.splitSeed, 1));
    drawn.push(`test ${wanted.testShare} by ${wanted.splitSeed}`);
    findings.push(
      finding(
        place,
        `The data have no test part: ${formatCount(test.count)} of the images, ${formatPercent(wanted.testShare, 0)} of each class, are kept for the test.`,
        'Put them into folders train and test to choose them yourself, or set the share with --test-share (data.testShare).',
      ),
    );
  }
  if (!validation && raw.validationFrom === 'end') {
    const { validationSize } = wanted;
    if (validationSize >= train.count) throw tooFew(validationSize, train.count);
    const split = train.count - validationSize;
    const size = imageBytes(raw);
    validation = sliceExamples(train, split, train.count, size);
    train = sliceExamples(train, 0, split, size);
  } else if (!validation) {
    const most = Math.floor(train.count * MOST_VALIDATED);
    const size = Math.min(wanted.validationSize, most);
    const counts = drawnCounts(train, raw.classNames.length, size / train.count);
    const kept = chooseExamples(train, counts, wanted.splitSeed, 2);
    const all = train.count;
    [train, validation] = takeOut(train, raw, kept);
    drawn.push(`validation ${size} by ${wanted.splitSeed}`);
    if (size < wanted.validationSize)
      findings.push(
        finding(
          place,
          `${formatCount(validation.count)} of the ${formatCount(all)} training images are kept for validation, not ${formatCount(wanted.validationSize)}: a fifth of each class is the most.`,
          'Nothing need be done; --validation-size (data.validationSize) keeps fewer.',
        ),
      );
  }
  return { train, validation, test, findings, drawn: drawn.join(', ') };
}

const finding = (where: string, what: string, remedy: string): Failure => ({ what, where, remedy });

const tooFew = (validationSize: number, count: number): FailureError =>
  new FailureError({
    what: `${validationSize} examples are to be kept for validation, but there are only ${count}.`,
    where: 'data.validationSize',
    remedy: `Choose a number below ${count}.`,
  });

/** Number of examples of each class to take out: the share of them, rounded, but never the last one. */
const drawnCounts = ({ labels }: Examples, classes: number, share: number): number[] =>
  countByClass(labels, classes).map((count) =>
    Math.min(Math.round(count * share), Math.max(count - 1, 0)),
  );

/** Draws `counts` examples of each class and returns their numbers in ascending order. */
function chooseExamples(
  { labels, count }: Examples,
  counts: readonly number[],
  seed: number,
  draw: number,
): Uint32Array {
  const left = [...counts];
  const chosen: number[] = [];
  for (const index of epochOrder(count, seed, draw)) {
    const label = labels[index] ?? 0;
    const still = left[label] ?? 0;
    if (still === 0) continue;
    left[label] = still - 1;
    chosen.push(index);
  }
  return Uint32Array.from(chosen).sort();
}

/**
 * Moves some examples into a part of their own. The others are moved together in place, so that the images need not fit into memory twice.
 * @param indices numbers of the examples that are moved, ascending
 * @returns the examples that stay, and those that are moved
 */
export function takeOut(
  all: Examples,
  form: ImageForm,
  indices: Uint32Array,
): [Examples, Examples] {
  const size = imageBytes(form);
  const images = new Uint8Array(indices.length * size);
  const labels = makeLabels(indices.length, form.classNames.length);
  let [taken, kept] = [0, 0];
  for (let k = 0; k < all.count; k++) {
    const from = k * size;
    if (indices[taken] === k) {
      images.set(all.images.subarray(from, from + size), taken * size);
      labels[taken++] = all.labels[k] ?? 0;
    } else {
      all.images.copyWithin(kept * size, from, from + size);
      all.labels[kept++] = all.labels[k] ?? 0;
    }
  }
  return [sliceExamples(all, 0, kept, size), { images, labels, count: taken }];
}
