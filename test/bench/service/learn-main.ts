import { Control } from '../../../main/trainer/training/control.ts';
import { consecutiveExamples } from '../../../main/trainer/data/batches.ts';
import { openRun } from '../open-run.ts';
import { Saver } from '../../../main/trainer/training/saving/saver.ts';
import { train } from '../../../main/trainer/training/training-loop.ts';
import { presets, seedRun } from '../../../shared/presets.ts';

/** Trains a preset, and tells how long it took from the start of this process to a test accuracy. Looking at it takes no time. */

const STEPS_BETWEEN_LOOKS = 100;
const LOOKED_AT_ONCE = 250;

const { folder, preset, epochs, target } = JSON.parse(process.argv[2] ?? '') as {
  folder: string;
  preset: string;
  epochs: number;
  target: number;
};
const config = presets[preset]?.() ?? seedRun();
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
  if (seen.accuracy >= target) {
    seen.reached = start - seen.took;
    control.stop();
  }
  seen.took += performance.now() - start;
}

const saver = await Saver.begin(run, opened, () => {
  const { step } = run.cursor;
  if (seen.reached === null && (step >= seen.step + STEPS_BETWEEN_LOOKS || run.isComplete)) look();
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
