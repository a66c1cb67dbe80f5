import type { Learning, RunService, Service } from '../parts/service.ts';
import { median } from '../statistics.ts';
import { milliseconds, textTable, whole } from './table.ts';

export function serviceText({ prediction, runs, learning }: Service): string {
  const { idle, training, asked } = prediction;
  return [
    'Batch 128, as the app trains; predictions by the seed network',
    textTable(
      [
        `Prediction of one image, ${asked} asked from another process, ${prediction.precision}`,
        'median',
        'p95',
      ],
      [
        ['idle', `${idle.median.toFixed(1)} ms`, `${idle.p95.toFixed(1)} ms`],
        ['while training', `${training.median.toFixed(1)} ms`, `${training.p95.toFixed(1)} ms`],
      ],
    ),
    textTable(
      [
        'Saving a checkpoint while training goes on, medians',
        'durable after',
        'that is',
        'no step begins for',
        'the longest step',
        'a usual step',
        'delay to training',
      ],
      runs.map(savingRow),
    ),
    textTable(
      ['Evaluation of the 10,000 test images, medians', 'images/s'],
      runs.map((run) => [nameOf(run), whole(median(run.evaluation))]),
    ),
    textTable(
      ['Time to a test accuracy', 'accuracy', 'seconds', 'including set-up', 'steps', 'precision'],
      learning.map(learningRow),
    ),
  ].join('\n\n');
}

const nameOf = ({ preset, precision }: RunService): string => `${preset}, ${precision}`;

const savingRow = (run: RunService): string[] => [
  nameOf(run),
  `${whole(run.saving.steps)} steps`,
  milliseconds(run.saving.seconds),
  milliseconds(run.saving.stall),
  milliseconds(run.saving.longest),
  milliseconds(run.saving.usual),
  milliseconds(run.saving.lost),
];

const learningRow = (one: Learning): string[] => [
  `${one.preset}, of ${one.epochs} epochs`,
  one.accuracy.toFixed(4),
  one.seconds === null ? `not ${one.target}` : one.seconds.toFixed(1),
  one.setUpSeconds.toFixed(1),
  whole(one.step),
  one.precision,
];
