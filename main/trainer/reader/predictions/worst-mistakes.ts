import type { PartName } from '../../../../shared/dataset-parts.ts';
import type { Predicted } from '../../../../shared/predictions.ts';
import {
  MOST_SHOWN_MISTAKES,
  type FoundMistakes,
} from '../../../../shared/report/mistakes-data.ts';
import type { Dataset } from '../../data/dataset.ts';
import { imageBytes } from '../../data/raw-dataset.ts';
import { encodePng } from '../../tensorflow/encode-png.ts';

/**
 * The examples of highest loss, each as a PNG file in a data URL: most are read wrong, and wrong labels show there.
 * @param predicted of that part of these data
 */
export async function worstMistakes(
  predicted: Predicted,
  part: Exclude<PartName, 'train'>,
  data: Dataset,
): Promise<FoundMistakes> {
  const { labels, answers, losses, trueShares, told, topShares, classNames } = predicted;
  const numbers = Array.from(labels.keys())
    .sort((a, b) => (losses[b] ?? 0) - (losses[a] ?? 0) || a - b)
    .slice(0, MOST_SHOWN_MISTAKES);
  const nameOf = (label = 0): string => classNames[label] ?? String(label);
  const worst: FoundMistakes['worst'] = [];
  for (const number of numbers)
    worst.push({
      truth: nameOf(labels[number]),
      read: nameOf(answers[number]),
      isRight: labels[number] === answers[number],
      readShare: topShares[number * told] ?? 0,
      truthShare: trueShares[number] ?? 0,
      loss: losses[number] ?? 0,
      picture: await pictureUrl(data, part, number),
    });
  return {
    ...{ state: 'found', part, worst },
    images: labels.length,
    wrong: labels.reduce((wrong, label, k) => wrong + (label === answers[k] ? 0 : 1), 0),
    findings: predicted.findings.map(({ what }) => what),
  };
}

async function pictureUrl(data: Dataset, part: PartName, number: number): Promise<string> {
  const { height, width, channels } = data;
  const size = imageBytes(data);
  const pixels = data[part].images.subarray(number * size, (number + 1) * size);
  const png = await encodePng(pixels, height, width, channels);
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
}
