import type { Learning, Service } from '../parts/service.ts';
import { median } from '../statistics.ts';
import { milliseconds, textTable, whole } from './table.ts';

export function serviceText({ prediction, run, learning }: Service): string {
  const { idle, training, asked } = prediction;
  const { saving } = run;
  return [
    'Seed network, batch 128, as the app trains it',
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
      [`Saving a checkpoint while training goes on, medians, ${run.precision}`, ''],
      [
        ['until it is on the disk', milliseconds(saving.seconds)],
        ['no step can begin for', milliseconds(saving.stall)],
        ['steps done meanwhile', whole(saving.steps)],
        ['the longest of them', milliseconds(saving.longest)],
        ['a usual step', milliseconds(saving.usual)],
        ['delay to training', milliseconds(saving.lost)],
      ],
    ),
    textTable(
      [`Evaluation of the 10,000 test images, ${run.precision}`, 'images/s'],
      [['median', whole(median(run.evaluation))]],
    ),
    textTable(
      ['Time to a test accuracy', 'accuracy', 'seconds', 'including set-up', 'steps', 'precision'],
      learning.map(learningRow),
    ),
  ].join('\n\n');
}

const learningRow = (one: Learning): string[] => [
  `${one.preset}, of ${one.epochs} epochs`,
  one.accuracy.toFixed(4),
  one.seconds === null ? `not ${one.target}` : one.seconds.toFixed(1),
  one.setUpSeconds.toFixed(1),
  whole(one.step),
  one.precision,
];
