import type { PartName } from '../../../shared/dataset-parts.ts';
import { firstFew, formatCount } from '../../../shared/format.ts';
import { IMAGE_ID_BYTES, imageIdAt } from '../../../shared/image-id.ts';
import { FailureError, type Failure } from '../../../shared/ipc.ts';
import { imagesText } from '../../../shared/left-out.ts';
import { printable } from '../../../shared/shown.ts';
import { countByClass, type Examples } from './examples.ts';
import { imageIdsOf } from './image-ids.ts';
import { imageBytes, type ImageForm } from './raw-dataset.ts';
import { takeOut } from './split.ts';

/**
 * Leaves images out of the training part, as if they had never lain there: how many steps an epoch has, its order and all weights are those
 * of a run on data without them. Validation and test keep theirs, so that scores of runs with and without are of the same images.
 */

export interface LeftOut {
  train: Examples;
  /** What a person is told of it. */
  findings: Failure[];
  /** What was left out, as part of the dataset's hash; empty where that is nothing, for then they are the same data. */
  hashed: string;
}

const WHERE = 'data.leftOut';
const MOST_CLASSES_NAMED = 5;
const FEWER = 'Leave fewer images out, or none.';

/**
 * @param parts of the data; the training part's images are moved together in place
 * @param ids of the images, which need not be there
 * @throws FailureError if a class, or everything, would be gone; the signal's reason if it is aborted
 */
export async function leaveOut(
  parts: Readonly<Record<PartName, Examples>>,
  form: ImageForm,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<LeftOut> {
  const { train } = parts;
  const size = imageBytes(form);
  const found = await findImages(train, ids, size, signal);
  checkLeft(train, found.numbers, form);
  const rest = ids.filter((id) => !found.ids.has(id));
  const elsewhere = new Set<string>();
  for (const part of rest.length === 0 ? [] : [parts.validation, parts.test])
    for (const id of (await findImages(part, rest, size, signal)).ids) elsewhere.add(id);
  const { numbers } = found;
  const [left] = numbers.length === 0 ? [train] : takeOut(train, form, numbers);
  return {
    train: left,
    findings: [tell(numbers.length, train.count, elsewhere.size, rest.length - elsewhere.size)],
    hashed: found.ids.size === 0 ? '' : `left out ${[...found.ids].sort().join(' ')}`,
  };
}

/**
 * @param size bytes of an image
 * @returns which of the images are there, and the examples' numbers, ascending: copies with the same label are one image
 */
async function findImages(
  examples: Examples,
  ids: readonly string[],
  size: number,
  signal: AbortSignal,
): Promise<{ ids: Set<string>; numbers: Uint32Array }> {
  const wanted = new Set(ids);
  const all = await imageIdsOf(examples, size, signal);
  const found = new Set<string>();
  const numbers: number[] = [];
  for (let k = 0; k < all.length / IMAGE_ID_BYTES; k++) {
    const id = imageIdAt(all, k);
    if (!wanted.has(id)) continue;
    found.add(id);
    numbers.push(k);
  }
  return { ids: found, numbers: Uint32Array.from(numbers) };
}

/** @throws FailureError if nothing would be left of a class that has examples, or of all */
function checkLeft(
  { labels, count }: Examples,
  gone: Uint32Array,
  { classNames }: ImageForm,
): void {
  if (count > 0 && gone.length === count)
    throw new FailureError({
      what: `All ${imagesText(count)} to train on would be left out.`,
      where: WHERE,
      remedy: FEWER,
    });
  const before = countByClass(labels, classNames.length);
  const left = [...before];
  for (const k of gone) left[labels[k] ?? 0] = (left[labels[k] ?? 0] ?? 0) - 1;
  const vanished = classNames.filter((_, label) => (before[label] ?? 0) > 0 && left[label] === 0);
  if (vanished.length === 0) return;
  const names = firstFew(vanished.map(printable), MOST_CLASSES_NAMED);
  throw new FailureError({
    what: `All training images of ${vanished.length === 1 ? 'the class' : `${vanished.length} classes,`} ${names}${vanished.length === 1 ? '' : ','} would be left out: nothing of ${vanished.length === 1 ? 'it' : 'them'} could be learned.`,
    where: WHERE,
    remedy: FEWER,
  });
}

/**
 * @param gone examples that are left out, of `all`
 * @param elsewhere images that lie in validation or test only
 * @param unknown images that lie in no part
 */
function tell(gone: number, all: number, elsewhere: number, unknown: number): Failure {
  const sentences = [
    `${gone === 0 ? 'No image is' : gone === 1 ? '1 image is' : `${imagesText(gone)} are`} left out of training, ${formatCount(all - gone)} are trained on.`,
    ...(elsewhere > 0
      ? [
          `${elsewhere === 1 ? '1 more that was to be left out lies' : `${formatCount(elsewhere)} more that were to be left out lie`} in validation or test, which keep all images.`,
        ]
      : []),
    ...(unknown > 0
      ? [
          `${unknown === 1 ? '1 that was to be left out is' : `${formatCount(unknown)} that were to be left out are`} not among these data.`,
        ]
      : []),
  ];
  return {
    what: sentences.join(' '),
    where: WHERE,
    remedy: 'Nothing need be done.',
  };
}
