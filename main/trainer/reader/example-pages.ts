import type { PartName } from '../../../shared/dataset-parts.ts';
import type { DatasetRequestOf, ShownExample } from '../../../shared/dataset-requests.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Labels } from '../data/examples.ts';
import { imageBytes } from '../data/raw-dataset.ts';

/**
 * A page of a part's examples. Those of one class come in their order; if `label` is null, the first example of each class comes first,
 * then the second of each, and so on, since folders are read class by class.
 */
export function findExamples(
  labels: Labels,
  { label, from, most }: Pick<DatasetRequestOf<'examples'>, 'label' | 'from' | 'most'>,
): { total: number; examples: ShownExample[] } {
  const ofClass = new Map<number, number[]>();
  labels.forEach((of, number) => {
    if (label !== null && of !== label) return;
    const numbers = ofClass.get(of);
    if (numbers) numbers.push(number);
    else ofClass.set(of, [number]);
  });
  const classes = [...ofClass].sort(([a], [b]) => a - b);
  const total = classes.reduce((sum, [, numbers]) => sum + numbers.length, 0);
  const examples: ShownExample[] = [];
  let passed = 0;
  for (let turn = 0; passed < Math.min(total, from + most); turn++)
    for (const [of, numbers] of classes) {
      const number = numbers[turn];
      if (number === undefined) continue;
      if (passed >= from && examples.length < most) examples.push({ number, label: of });
      passed++;
    }
  return { total, examples };
}

/** Bytes of a dataset's images, one after the other. */
export function pixelsOf(
  dataset: Dataset,
  wanted: readonly { part: PartName; number: number }[],
): Uint8Array {
  const size = imageBytes(dataset);
  const pixels = new Uint8Array(wanted.length * size);
  wanted.forEach(({ part, number }, k) => {
    pixels.set(dataset[part].images.subarray(number * size, (number + 1) * size), k * size);
  });
  return pixels;
}
