import type { CifarAccuracy } from '../parts/cifar-accuracy.ts';
import { textTable } from './table.ts';

export const cifarAccuracyText = ({ epochs, rows }: CifarAccuracy): string =>
  [
    `Test accuracy of the preset \`cifar\` after ${epochs} epochs, one seed: the same layers, starts, Adam, one-cycle rate, flips and shifts`,
    textTable(
      ['', 'test accuracy', 'on'],
      rows.map(({ name, library, accuracy }) => [name, accuracy.toFixed(4), library]),
      [0, 2],
    ),
  ].join('\n\n');
