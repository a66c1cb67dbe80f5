import { Control } from '../../../main/trainer/training/control.ts';
import { consecutiveExamples } from '../../../main/trainer/data/batches.ts';
import { openRun } from '../open-run.ts';
import { Saver } from '../../../main/trainer/training/saving/saver.ts';
import { train } from '../../../main/trainer/training/training-loop.ts';
import { presets, seedRun } from '../../../shared/presets.ts';
import { loadDataset } from '../../support/datasets.ts';
import { imageShape } from '../../../main/trainer/start/feasible.ts';

/** Trains a preset, and tells how long it took from the start of this process to a test accuracy. Looking at it takes no time. */

const STEPS_BETWEEN_LOOKS = 100;
const LOOKED_AT_ONCE = 250;

const { folder, preset, epochs, target, dataset } = JSON.parse(process.argv[2] ?? '') as {
  folder: string;
  preset: string;
  epochs: number;
  /** Null: the accuracy at the end is what is wanted. */
  target: number | null;
  /** Folder of IDX files, of which none is kept for validation; else the preset's own. */
  dataset?: string;
};
const preparedRun = presets[preset] ?? seedRun;
const image = dataset === undefined ? undefined : imageShape(await loadDataset(dataset, 0));
const prepared = preparedRun(image);
const config =
  dataset === undefined
    ? prepared
    : { ...prepared, data: { ...prepared.data, dataset, validationSize: 0 } };
const { run, folder: opened } = await openRun(
  { ...config, training: { ...config.training, epochs } },
  folder,
);
const control = new Control();
const setUp = performance.now();
/** The last look, when the target was reached, and how long all looking took. */
const seen = { step: 0, accuracy: 0, reached: null as number | null, took: 0 };

function look(): void {
  const { session, dataset, imageSize, cursor } = run;
  const start = performance.now();
  let correct = 0;
  for (let from = 0; from < dataset.test.count; from += LOOKED_AT_ONCE) {
    const to = Math.min(from + LOOKED_AT_ONCE, dataset.test.count);
    correct += session.evaluate(consecutiveExamples(dataset.test, from, to, imageSize)).correct;
  }
  seen.accuracy = correct / dataset.test.count;
  seen.step = cursor.step;
  if (target !== null && seen.accuracy >= target) {
    seen.reached = start - seen.took;
    control.stop();
  }
  seen.took += performance.now() - start;
}

const saver = await Saver.begin(run, opened, () => {
  const { step } = run.cursor;
  const isDue = target !== null && step >= seen.step + STEPS_BETWEEN_LOOKS;
  if (seen.reached === null && (isDue || run.isComplete)) look();
});
await train({ run, control, saver, emit: () => undefined });
await opened.close();
const answer = {
  precision: run.precision.precision,
  setUpSeconds: setUp / 1000,
  seconds: seen.reached === null ? null : seen.reached / 1000,
  step: seen.step,
  accuracy: seen.accuracy,
};
process.stdout.write(`${JSON.stringify(answer)}\n`);
