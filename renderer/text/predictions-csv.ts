import { imageIdAt } from '../../shared/image-id.ts';
import type { ExaminedPart } from '../../shared/dataset-parts.ts';
import type { Predicted } from '../../shared/predictions.ts';

/** A value as RFC 4180 has it. */
const cell = (value: string | number): string => {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const columns = [
  ...['part', 'index', 'true class', 'predicted class', 'probability', 'loss'],
  ...['label marked as wrong', 'image'],
];

/**
 * Examples as comma-separated values: one a line, after a line of names. The index counts from 0, as the part lies in the data; the
 * probability is that of the predicted class; the image is the beginning of the SHA-256 of its label and its pixels.
 * @param numbers which examples, in their order
 */
export function predictionsCsv(
  predicted: Pick<
    Predicted,
    'labels' | 'answers' | 'losses' | 'topShares' | 'told' | 'imageIds' | 'classNames'
  >,
  part: ExaminedPart,
  numbers: Iterable<number>,
  marked: ReadonlySet<number>,
): string {
  const { labels, answers, losses, topShares, told, imageIds, classNames } = predicted;
  const nameOf = (label: number | undefined): string => classNames[label ?? 0] ?? String(label);
  const lines = [columns.map(cell).join(',')];
  for (const number of numbers)
    lines.push(
      [
        ...[part, number, nameOf(labels[number]), nameOf(answers[number])],
        ...[topShares[number * told] ?? 0, losses[number] ?? 0],
        ...[marked.has(number) ? 'yes' : 'no', imageIdAt(imageIds, number)],
      ]
        .map(cell)
        .join(','),
    );
  return `${lines.join('\r\n')}\r\n`;
}
