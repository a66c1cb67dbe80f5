import { partNames } from '../../../shared/dataset-parts.ts';
import { formatCount } from '../../../shared/format.ts';
import { printable } from '../../../shared/shown.ts';
import type { AlikePair } from '../data/alike.ts';
import { countParts, type Dataset } from '../data/dataset.ts';
import { failureText } from './exit.ts';
import { textTable } from './text-table.ts';

/** Formats what `npm run data -- show` tells about a dataset. */

/** @param alike test images that look like training images */
export const dataJson = (data: Dataset, alike: readonly AlikePair[]) => ({
  image: { height: data.height, width: data.width, channels: data.channels },
  classNames: data.classNames,
  counts: countParts(data),
  hash: data.hash,
  findings: data.findings,
  alike,
});

const MOST_PAIRS = 5;

/** Lines about test images that look like a training image, the most alike first. */
function alikeLines({ classNames, test, train }: Dataset, alike: readonly AlikePair[]): string[] {
  if (alike.length === 0) return [];
  const nameIn = ({ labels }: Dataset['test'], n: number): string =>
    printable(classNames[labels[n] ?? 0] ?? '');
  const rows = alike
    .slice(0, MOST_PAIRS)
    .map((pair) => [
      `${formatCount(pair.test)} (${nameIn(test, pair.test)})`,
      `${formatCount(pair.train)} (${nameIn(train, pair.train)})`,
      pair.difference === 0 ? 'every pixel the same' : `${pair.difference.toFixed(1)} of 255 apart`,
    ]);
  return [
    '\nTest images that look like one that is trained on, by their numbers from 0:',
    ...textTable(['test', 'training', ''], rows),
  ];
}

/**
 * @param alike test images that look like training images
 * @param sheet path of the sheet of samples; null if none was written
 */
export function dataText(
  place: string,
  data: Dataset,
  alike: readonly AlikePair[],
  sheet: string | null,
): string[] {
  const { height, width, channels, classNames, findings } = data;
  const byPart = countParts(data);
  const counts = partNames.map((part) => byPart[part]);
  const row = (name: string, numbers: readonly number[]): string[] => [
    name,
    ...numbers.map(formatCount),
  ];
  const totals = partNames.map((part) => data[part].count);
  return [
    `${printable(place)}: images of ${height}×${width}, ${channels === 1 ? 'grey' : 'colour'}, ${formatCount(classNames.length)} classes.`,
    ...textTable(
      ['class', ...partNames],
      [
        ...classNames.map((name, label) =>
          row(
            printable(name),
            counts.map((part) => part[label] ?? 0),
          ),
        ),
        row('all', totals),
      ],
    ),
    ...findings.map((finding) => `\n${failureText(finding)}`),
    ...alikeLines(data, alike),
    ...(sheet === null ? [] : [`\nSamples, a row a class in this order: ${printable(sheet)}`]),
  ];
}
